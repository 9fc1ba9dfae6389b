package org.lesionstream.worker.telemetry;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;

/**
 * Follows jobs through the worker as spans of OpenTelemetry: one per polled message, from the poll to the commit, and one below
 * it for each stage.
 *
 * <ul>
 *   <li>The span of a message goes on with the trace of its producer, and its answers carry it: whoever reads a result finds the
 *       way back to who asked.
 *   <li>Where no traces are recorded, or this one is not, answers carry what the producer sent, and nothing is kept here.
 *   <li>Spans say where a message stands, its job id, its lane, its outcome and the failure code, as logs do: nothing of the
 *       case and nothing that a message says.
 *   <li>Times are monotonic nanoseconds, as all stages measure them. Safe for use by several threads.
 * </ul>
 */
public final class JobTraces {
    private static final String SCOPE = "org.lesionstream.worker";
    private static final String HEADER = "traceparent";

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final AttributeKey<String> LANE = AttributeKey.stringKey("lesionstream.lane");
    private static final AttributeKey<String> JOB_ID = AttributeKey.stringKey("lesionstream.job.id");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("lesionstream.outcome");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /** A span that has not ended, and what has to be added to monotonic nanoseconds to get those since 1970. */
    private record Open(Span span, long epochNanos) {}

    private final Tracer tracer;
    private final InstantSource wallClock;
    private final LongSupplier clock;
    private final Map<String, Open> open = new ConcurrentHashMap<>(); // by trace context; as many as are in flight

    /** @param clock monotonic nanoseconds */
    public JobTraces(TracerProvider provider, InstantSource wallClock, LongSupplier clock) {
        this.tracer = requireNonNull(provider, "provider").get(SCOPE);
        this.wallClock = requireNonNull(wallClock, "wallClock");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Records nothing. */
    public static JobTraces off() {
        return new JobTraces(TracerProvider.noop(), () -> Instant.EPOCH, () -> 0);
    }

    /**
     * A message was polled.
     *
     * @param parent W3C trace context that it carries
     * @return the trace context for its envelope, which its answers carry
     */
    public Optional<String> begin(Position position, Lane lane, Optional<String> parent) {
        long now = clock.getAsLong();
        Open message = new Open(Span.getInvalid(), epochNanos(wallClock.instant()) - now);
        Span span = start(message, "process " + position.topic(), parentContext(parent), now)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, "process")
                .setAttribute(TOPIC, position.topic())
                .setAttribute(PARTITION, String.valueOf(position.partition()))
                .setAttribute(OFFSET, position.offset())
                .setAttribute(LANE, lane.name().toLowerCase(Locale.ROOT))
                .startSpan();
        Optional<String> context = text(span.getSpanContext());
        if (span.isRecording()) {
            open.put(context.orElseThrow(), new Open(span, message.epochNanos()));
        }
        return context;
    }

    /** A stage has worked on the message. */
    public void stage(Envelope envelope, String stage, long startNanos, long endNanos) {
        find(envelope).ifPresent(message -> start(message, stage, Context.root().with(message.span()), startNanos)
                .startSpan()
                .end(message.epochNanos() + endNanos, TimeUnit.NANOSECONDS));
    }

    /** An attempt failed and will be made again. */
    public void retried(Envelope envelope, FailureCode code) {
        find(envelope).ifPresent(message -> message.span()
                .addEvent(
                        "retry",
                        Attributes.of(ERROR, code.name()),
                        message.epochNanos() + clock.getAsLong(),
                        TimeUnit.NANOSECONDS));
    }

    /** The outcome of the message is stored. */
    public void outcome(JobOutcome outcome) {
        find(outcome.envelope()).ifPresent(message -> {
            message.span().setAttribute(JOB_ID, outcome.jobId()).setAttribute(OUTCOME, word(outcome));
            if (outcome instanceof JobOutcome.DeadLettered deadLettered) {
                message.span()
                        .setStatus(StatusCode.ERROR)
                        .setAttribute(ERROR, deadLettered.letter().code().name());
            }
        });
    }

    /** The message is answered, here or by the worker that its partition moved to. */
    public void end(Envelope envelope) {
        envelope.traceParent().map(open::remove).ifPresent(message -> message.span()
                .end(message.epochNanos() + clock.getAsLong(), TimeUnit.NANOSECONDS));
    }

    private Optional<Open> find(Envelope envelope) {
        return envelope.traceParent().map(open::get);
    }

    private SpanBuilder start(Open message, String name, Context parent, long startNanos) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setStartTimestamp(message.epochNanos() + startNanos, TimeUnit.NANOSECONDS);
    }

    private static String word(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Segmented) {
            return "segmented";
        }
        if (outcome instanceof JobOutcome.Expanded) {
            return "expanded";
        }
        if (outcome instanceof JobOutcome.Repeated) {
            return "repeated";
        }
        return outcome instanceof JobOutcome.TimedOut ? "timed_out" : "dead_letter";
    }

    private static long epochNanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    private static Context parentContext(Optional<String> parent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, new TextMapGetter<>() {
            @Override
            public Iterable<String> keys(Optional<String> carrier) {
                return List.of(HEADER);
            }

            @Override
            public String get(Optional<String> carrier, String key) {
                return key.equals(HEADER) ? carrier.orElse(null) : null;
            }
        });
    }

    private static Optional<String> text(SpanContext span) {
        return span.isValid()
                ? Optional.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : Optional.empty();
    }
}
