package org.lesionstream.worker.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends spans to a collector, beside the work: a collector that is slow or away costs spans and no job. */
public final class TraceExport {
    private static final Duration LAST_SPANS = Duration.ofSeconds(2);

    private TraceExport() {}

    /**
     * Opens the export.
     *
     * @param endpoint where the collector takes OTLP over HTTP
     * @param ratio share of the messages without a trace of their own that begin one, 0 to 1; the others follow their trace
     * @param instance name of this worker among its fleet
     */
    public static SdkTracerProvider open(URI endpoint, double ratio, String instance) {
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", "lesionstream-worker")
                                .put("service.instance.id", instance)
                                .build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint.toString())
                                .build())
                        .build())
                .build();
    }

    /** Sends what is left, for a moment; a stop must not wait for a collector. Any other provider has nothing to send. */
    public static void close(TracerProvider provider) {
        if (provider instanceof SdkTracerProvider export) {
            export.shutdown().join(LAST_SPANS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
