package org.lesionstream.worker.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.OffsetSnapshot;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.publish.AnswerPublisher;

/**
 * Ends the process without any further instruction when delivery passes a named point for the given time. Between storing a batch and
 * publishing its answers a crash must repeat and lose nothing, and a signal from outside hardly ever hits just there.
 *
 * <p>For tests; a worker without {@code lesionstream.torture.halt-at} has none.
 */
final class HaltPoint {
    private static final Logger LOG = Logger.getLogger(HaltPoint.class);

    /** The exit status of a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private static final Pattern TEXT = Pattern.compile("(before|after)-(persist|publish):([1-9][0-9]{0,5})");

    private enum Place {
        BEFORE_PERSIST,
        AFTER_PERSIST,
        BEFORE_PUBLISH,
        AFTER_PUBLISH
    }

    private final Place place;
    private final AtomicInteger left;
    private final Runnable halt;

    private HaltPoint(Place place, int passing, Runnable halt) {
        this.place = place;
        this.left = new AtomicInteger(passing);
        this.halt = halt;
    }

    /** Reads the setting. */
    static HaltPoint parse(String text) {
        return parse(text, () -> Runtime.getRuntime().halt(KILLED));
    }

    /** @param halt what happens at the point */
    static HaltPoint parse(String text, Runnable halt) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "lesionstream.torture.halt-at must be like after-persist:3, was '" + text + "'");
        }
        LOG.warnf("THIS WORKER ENDS ITSELF at %s (lesionstream.torture.halt-at)", text);
        Place place = Place.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)
                + "_"
                + matcher.group(2).toUpperCase(Locale.ROOT));
        return new HaltPoint(place, Integer.parseInt(matcher.group(3)), halt);
    }

    ResultStore around(ResultStore store) {
        return new ResultStore() {
            @Override
            public List<JobRegistration> register(List<RegistrationRequest> requests) {
                return store.register(requests);
            }

            @Override
            public List<Answer> save(List<JobOutcome> outcomes) {
                pass(Place.BEFORE_PERSIST);
                List<Answer> answers = store.save(outcomes);
                pass(Place.AFTER_PERSIST);
                return answers;
            }
        };
    }

    AnswerPublisher around(AnswerPublisher publisher) {
        return new AnswerPublisher() {
            @Override
            public void publish(List<Answer> answers, Optional<OffsetSnapshot> offsets) {
                pass(Place.BEFORE_PUBLISH);
                publisher.publish(answers, offsets);
                pass(Place.AFTER_PUBLISH);
            }

            @Override
            public void close() {
                publisher.close();
            }
        };
    }

    private void pass(Place passed) {
        if (passed == place && left.decrementAndGet() == 0) {
            halt.run();
        }
    }
}
