package org.lesionstream.worker.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Lane;

/**
 * What metrics are told apart by, with all words that there are: a label of any other word is refused, so no message can add
 * series to a monitoring system.
 */
public enum MetricTag {
    LANE("lane", names(Lane.values())),
    CODE("code", names(FailureCode.values())),
    /** Empty where nothing failed. */
    CODE_IF_ANY(
            "code",
            Stream.concat(Stream.of(""), names(FailureCode.values()).stream()).toList()),
    OUTCOME("outcome", List.of("segmented", "expanded", "repeated", "dead_letter")),
    DEADLINE("result", List.of("met", "missed")),
    /** Stages that time each job by itself. */
    STAGE("stage", List.of("load", "decode", "lesion")),
    /** Stages that items wait for. */
    HANDOFF("stage", List.of("decode", "load", "inference", "lesion", "delivery")),
    RELEASE("reason", List.of("full", "due", "deadline", "draining")),
    STEP("step", List.of("input", "inference", "output")),
    PARTITIONS("event", List.of("assigned", "revoked", "lost")),
    TRANSACTION("result", List.of("committed", "aborted", "fenced", "recovered")),
    ANSWER(
            "type",
            List.of("segmentation_result", "job_expansion", "image_job", "image_job_v2", "case_result", "dead_letter")),
    SINK_RESULT("result", List.of("written", "nothing", "again", "failed")),
    STATEMENT("operation", List.of("register", "save")),
    STATE("state", List.of("created", "warming", "running", "draining", "stopped", "failed")),
    DEPENDENCY("dependency", List.of("database", "broker")),
    /** A checkpoint reference from the worker's settings, never from a job. */
    REFERENCE("reference", List.of()),
    VERSION("version", List.of()),
    /** First 12 hexadecimal digits. */
    DIGEST("digest", List.of());

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> words;

    MetricTag(String key, List<String> words) {
        this.key = key;
        this.words = List.copyOf(words);
    }

    /** Name of the label. */
    public String key() {
        return key;
    }

    /** Every word that the label may have; empty if the settings or the checkpoint store decide. */
    public List<String> words() {
        return words;
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
