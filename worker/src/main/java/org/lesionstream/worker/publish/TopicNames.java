package org.lesionstream.worker.publish;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.Lane;

/** Names of the topics: two that jobs come in by, three that answers go out by. All differ. */
public record TopicNames(String urgent, String backfill, String results, String caseResults, String deadLetter) {
    public TopicNames {
        List<String> names = List.of(urgent, backfill, results, caseResults, deadLetter);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                throw new IllegalArgumentException("topic names must be given and differ, were " + names);
            }
        }
    }

    /** The topic of a message.
     *
     * @param lane the lane that a job belongs to; answers have none
     */
    public String topic(MessageType type, Lane lane) {
        return switch (type) {
            case IMAGE_JOB, IMAGE_JOB_V2 -> jobs(lane);
            case CASE_TIMEOUT -> urgent; // no lane: it takes no device time
            case SEGMENTATION_RESULT, JOB_EXPANSION -> results;
            case CASE_RESULT -> caseResults;
            case DEAD_LETTER -> deadLetter;
        };
    }

    /** The topic of a lane's jobs. */
    public String jobs(Lane lane) {
        return switch (lane) {
            case URGENT -> urgent;
            case BACKFILL -> backfill;
        };
    }

    /** The lane whose jobs come by a topic; empty for any other topic. */
    public Optional<Lane> lane(String topic) {
        return Arrays.stream(Lane.values())
                .filter(lane -> jobs(lane).equals(topic))
                .findFirst();
    }

    /** The topics that answers go out by. */
    public List<String> answers() {
        return List.of(results, caseResults, deadLetter);
    }

    public List<String> all() {
        return List.of(urgent, backfill, results, caseResults, deadLetter);
    }
}
