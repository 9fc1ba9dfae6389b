package org.lesionstream.worker.telemetry;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.MDC;
import org.lesionstream.worker.delivery.Envelope;

/**
 * Ids in the log context for as long as a block of code runs, so that every line within says which job it is about.
 *
 * <pre>{@code
 * try (LogFields fields = LogFields.of(envelope).job(jobId)) {
 *     …
 * }
 * }</pre>
 *
 * <ul>
 *   <li>Fields: {@code topic}, {@code partition}, {@code offset}, {@code jobId}, {@code traceId}. No case id: it may lead to a patient.
 *   <li>Confined to the thread that made it; closing takes back exactly what it put. Not meant to be nested.
 * </ul>
 */
public final class LogFields implements AutoCloseable {
    // in a W3C trace context: version-trace id-span id-flags
    private static final int TRACE_ID = 3;
    private static final int TRACE_ID_END = 35;

    private final List<String> keys = new ArrayList<>();

    private LogFields() {}

    /** Where the message stands, and the trace that it belongs to. */
    public static LogFields of(Envelope envelope) {
        LogFields fields = new LogFields()
                .with("topic", envelope.position().topic())
                .with("partition", String.valueOf(envelope.position().partition()))
                .with("offset", String.valueOf(envelope.position().offset()));
        envelope.traceParent().ifPresent(context -> fields.with("traceId", context.substring(TRACE_ID, TRACE_ID_END)));
        return fields;
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
