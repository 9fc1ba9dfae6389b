package org.lesionstream.local.scale.model;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.lesionstream.local.traffic.JobLane;

/** Old images, each a case of its own; looks twice a second which are answered, and sends as many more as it may have in flight. */
final class BackfillFeed {

    private static final double LOOK_SECONDS = 0.5;

    private final Timeline timeline;
    private final Broker broker;
    private final RandomGenerator random;
    private final Scenario.Backfill backfill;
    private final double tilesPerImage;
    private final LongSupplier answered;
    private long sent;
    private OptionalDouble endedAt = OptionalDouble.empty();

    /** @param answered how many images of this lane are answered */
    BackfillFeed(
            Timeline timeline,
            Broker broker,
            RandomGenerator random,
            Scenario.Backfill backfill,
            double tilesPerImage,
            LongSupplier answered) {
        this.timeline = timeline;
        this.broker = broker;
        this.random = random;
        this.backfill = backfill;
        this.tilesPerImage = tilesPerImage;
        this.answered = answered;
    }

    void start() {
        timeline.at(backfill.at(), this::look);
    }

    /** When the last answer was seen. */
    OptionalDouble endedAt() {
        return endedAt;
    }

    private void look() {
        if (broker.isUp()) {
            long room = backfill.inFlight() - (sent - answered.getAsLong());
            for (long more = Math.min(room, backfill.images() - sent); more > 0; more--) {
                Job job = new Job(JobLane.BACKFILL, timeline.now(), Chance.geometric(random, tilesPerImage));
                broker.publish(
                        List.of(job),
                        random.nextInt(broker.topic(JobLane.BACKFILL).size()));
                sent++;
            }
        }
        if (answered.getAsLong() == backfill.images()) {
            endedAt = OptionalDouble.of(timeline.now());
        } else {
            timeline.after(LOOK_SECONDS, this::look);
        }
    }
}
