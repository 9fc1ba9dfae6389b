package org.lesionstream.worker.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.intake.IntakeLimits;
import org.lesionstream.worker.intake.IntakeSettings;
import org.lesionstream.worker.intake.JobConsumer;
import org.lesionstream.worker.intake.JobIntake;
import org.lesionstream.worker.intake.ShareIntake;
import org.lesionstream.worker.intake.ShareLimits;
import org.lesionstream.worker.publish.ShareGroupPlan;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/** Puts together how jobs come in, by the settings. */
record IntakeWiring(WorkerConfig config, BrokerAccess broker, TopicNames names) {

    JobIntake intake(MessageCodec codec, WorkerMetrics metrics, JobTraces traces, LongSupplier clock) {
        return switch (config.kafka().groupKind()) {
            case CONSUMER_GROUP -> new JobConsumer(settings(), codec, metrics, traces);
            case SHARE_GROUP ->
                new ShareIntake(
                        settings(),
                        new ShareLimits(config.intake().shareConsumers(), ShareGroupPlan.DELIVERIES),
                        codec,
                        metrics,
                        traces,
                        clock);
        };
    }

    private IntakeSettings settings() {
        return new IntakeSettings(broker, config.kafka().group(), config.kafka().groupProtocol(), lanes(), limits());
    }

    IntakeLimits limits() {
        return new IntakeLimits(
                config.intake().maxInFlight(),
                config.intake().maxPollRecords(),
                config.topics().maxMessageBytes());
    }

    private Map<String, Lane> lanes() {
        Map<String, Lane> lanes = new HashMap<>(Map.of(names.urgent(), Lane.URGENT, names.backfill(), Lane.BACKFILL));
        lanes.values().retainAll(config.intake().lanes());
        return lanes;
    }
}
