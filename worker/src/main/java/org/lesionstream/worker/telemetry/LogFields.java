package org.lesionstream.worker.telemetry;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.MDC;
import org.lesionstream.worker.delivery.Position;

/**
 * Ids in the log context for as long as a block of code runs, so that every line within says which job it is about.
 *
 * <pre>{@code
 * try (LogFields fields = LogFields.of(position).job(jobId)) {
 *     …
 * }
 * }</pre>
 *
 * <ul>
 *   <li>Fields: {@code topic}, {@code partition}, {@code offset}, {@code jobId}. No case id: it may lead to a patient.
 *   <li>Confined to the thread that made it; closing takes back exactly what it put. Not meant to be nested.
 * </ul>
 */
public final class LogFields implements AutoCloseable {
    private final List<String> keys = new ArrayList<>();

    private LogFields() {}

    public static LogFields of(Position position) {
        return new LogFields()
                .with("topic", position.topic())
                .with("partition", String.valueOf(position.partition()))
                .with("offset", String.valueOf(position.offset()));
    }

    /** Adds the job's id. */
    public LogFields job(String jobId) {
        return with("jobId", jobId);
    }

    private LogFields with(String key, String value) {
        MDC.put(key, value);
        keys.add(key);
        return this;
    }

    @Override
    public void close() {
        keys.forEach(MDC::remove);
    }
}
