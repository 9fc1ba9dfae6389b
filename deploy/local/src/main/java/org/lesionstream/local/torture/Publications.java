package org.lesionstream.local.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.Publication;
import org.lesionstream.schemas.message.MessageType;

/** Everything that was published so far, in the order in which it was read. Confined to one thread. */
final class Publications implements AutoCloseable {

    private final AnswerReader reader;
    private final List<Publication> all = new ArrayList<>();
    private final Map<String, Long> answered = new HashMap<>();
    private final Map<String, Integer> answers = new HashMap<>();

    Publications(String bootstrapServers) {
        this.reader = new AnswerReader(bootstrapServers);
    }

    /** Takes what has arrived, waiting at most so long for the first message; says how many there were. */
    int read(Duration limit) {
        return reader.read(this::take, limit);
    }

    /** Takes everything up to what is the end of the topics now. */
    void readToEnd() {
        reader.readToEnd(this::take);
    }

    List<Publication> all() {
        return List.copyOf(all);
    }

    /** How many jobs are answered at least once. */
    int answered() {
        return answered.size();
    }

    /** When each job was answered first. */
    Map<String, Long> firstAtMillis() {
        return Map.copyOf(answered);
    }

    /**
     * How many of these messages are answered; a repetition of an answer answers no other message.
     *
     * @param asked messages per job
     */
    int answersTo(Map<String, Integer> asked) {
        return asked.entrySet().stream()
                .mapToInt(job -> Math.min(job.getValue(), answers.getOrDefault(job.getKey(), 0)))
                .sum();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void take(Publication publication) {
        all.add(publication);
        if (publication.type() != MessageType.CASE_RESULT) {
            answered.merge(publication.about(), publication.atMillis(), Math::min);
            answers.merge(publication.about(), 1, Integer::sum);
        }
    }
}
