package org.lesionstream.worker.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.Config;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.api.Authentication;
import org.lesionstream.worker.api.SubmissionGate;
import org.lesionstream.worker.api.TokenVerification;
import org.lesionstream.worker.batch.BatchLimits;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.broker.GroupKind;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.decode.ImagePreparer;
import org.lesionstream.worker.failure.FailurePolicy;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.InferenceSettings;
import org.lesionstream.worker.intake.IntakeLimits;
import org.lesionstream.worker.lesion.ReportMaker;
import org.lesionstream.worker.persist.CaseQueries;
import org.lesionstream.worker.persist.CaseTimeouts;
import org.lesionstream.worker.persist.CheckpointMirror;
import org.lesionstream.worker.persist.CheckpointQueries;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.DeadLetterReplays;
import org.lesionstream.worker.persist.PostgresResultStore;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.persist.SinkQueue;
import org.lesionstream.worker.persist.SourceQueries;
import org.lesionstream.worker.publish.AnswerPublisher;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.PublisherSettings;
import org.lesionstream.worker.publish.ShareGroupPlan;
import org.lesionstream.worker.publish.SourceMessages;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.publish.TopicPlan;
import org.lesionstream.worker.publish.TransactionalPublisher;
import org.lesionstream.worker.replay.DeadLetterReplayer;
import org.lesionstream.worker.sink.CaseResults;
import org.lesionstream.worker.sink.SinkDrain;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.TraceExport;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.tile.TileCutter;

/**
 * Builds everything and says who talks to whom; the only class that reads the clocks and the random source.
 *
 * <p>What the probes and the HTTP resources need are beans, those that ask the database in {@link DatabaseWiring}. The stages'
 * collaborators are plain objects in {@link PipelineParts}.
 */
@Singleton
public class WorkerWiring {
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final Duration FIRST_SINK_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_SINK_RETRY = Duration.ofMinutes(10);
    /** Attempts at a source that does not answer; about a quarter of a minute with the waits above. */
    private static final int TRANSIENT_ATTEMPTS = 8;

    /** A job without a deadline is served like one that is due so long after its arrival. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkerConfig config;
    private final SecureRandom random = new SecureRandom();
    private final LongSupplier clock = System::nanoTime;
    private final StandIns standIns;
    private final Optional<HaltPoint> haltPoint;

    WorkerWiring(WorkerConfig config) {
        this.config = config;
        this.haltPoint = config.torture().haltAt().map(HaltPoint::parse);
        this.standIns = new StandIns(config.bench().without().orElse(Set.of()));
    }

    @Produces
    @Singleton
    PipelineLifecycle lifecycle(PipelineStatus status, StartUp startUp, PipelineParts parts) {
        return new PipelineLifecycle(status, startUp, parts, config.lifecycle());
    }

    @Produces
    @Singleton
    PipelineParts parts(
            PipelineStatus status,
            ResultStore store,
            CheckpointCatalog catalog,
            CheckpointMirror mirror,
            CaseTimeouts timeouts,
            MessageCodec codec,
            PublisherSettings publisher,
            JobSubmitter submitter,
            BrokerAccess broker,
            ImagePreparer preparer,
            Optional<PipelineParts.SinkParts> sink,
            WorkerMetrics metrics,
            TracerProvider spans) {
        JobTraces traces = new JobTraces(spans, InstantSource.system(), clock);
        RetryBackoff backoff = new RetryBackoff(FIRST_RETRY, LONGEST_RETRY, random);
        IntakeWiring intake = new IntakeWiring(config, broker, publisher.topics());
        return new PipelineParts(
                intake.intake(codec, metrics, traces, clock),
                store,
                catalog,
                preload(),
                mirror,
                timeouts,
                submitter,
                standIns.pixels(preparer),
                new TileCutter(),
                batchLimits(),
                new ReportMaker(),
                new Outcomes(),
                publisher(publisher, metrics),
                new FailurePolicy(backoff, TRANSIENT_ATTEMPTS),
                new Deadlines(InstantSource.system()),
                backoff,
                status,
                sink,
                metrics,
                traces,
                sizes(intake.limits()),
                clock);
    }

    /** Empty where no sink is named. */
    @Produces
    @Singleton
    Optional<PipelineParts.SinkParts> sink(
            SinkQueue queue,
            CaseQueries cases,
            SourceQueries sources,
            CheckpointQueries checkpoints,
            ImageFetcher fetcher,
            WorkerMetrics metrics) {
        return SinkWiring.sink(config.sink())
                .map(sink -> new SinkDrain(
                        queue,
                        cases,
                        new CaseResults(sources, checkpoints, fetcher, SourceWiring.limits(config.decode())),
                        sink,
                        new RetryBackoff(FIRST_SINK_RETRY, LONGEST_SINK_RETRY, random),
                        metrics,
                        clock))
                .map(drain -> new PipelineParts.SinkParts(drain, queue));
    }

    private AnswerPublisher publisher(PublisherSettings settings, WorkerMetrics metrics) {
        AnswerPublisher real =
                standIns.publisher(new TransactionalPublisher(settings, InstantSource.system(), metrics));
        return haltPoint.map(point -> point.around(real)).orElse(real);
    }

    @Produces
    @Singleton
    PipelineStatus status() {
        return new PipelineStatus();
    }

    @Produces
    @Singleton
    StartUp startUp(CheckpointCatalog catalog, BrokerAccess broker, TopicNames names, WorkerMetrics metrics) {
        Optional<BareLoop> bareLoop =
                config.bench().bareLoop().map(time -> new BareLoop(catalog, time, clock, metrics));
        return new StartUp(() -> createTopics(broker, names), catalog, preload(), bareLoop);
    }

    private List<CheckpointReference> preload() {
        return config.checkpoints().preload().orElse(List.of()).stream()
                .map(CheckpointReference::parse)
                .toList();
    }

    @Produces
    @Singleton
    CheckpointCatalog catalog() {
        return standIns.catalog(config.checkpoints().store(), inference(), clock);
    }

    void close(@Disposes CheckpointCatalog catalog) {
        catalog.close();
    }

    @Produces
    @Singleton
    ResultStore store(DataSource database, MessageCodec codec) {
        ResultStore real = standIns.store(
                new PostgresResultStore(
                        database, codec, config.sink().location().isPresent()),
                codec);
        return haltPoint.map(point -> point.around(real)).orElse(real);
    }

    @Produces
    @Singleton
    JobSubmitter submitter(PublisherSettings publisher, MessageCodec codec) {
        return new JobSubmitter(publisher, codec, InstantSource.system());
    }

    void close(@Disposes JobSubmitter submitter) {
        submitter.close();
    }

    @Produces
    @Singleton
    Authentication authentication() {
        return config.api().authentication();
    }

    @Produces
    @Singleton
    TokenVerification tokenVerification(Authentication authentication, Config all) {
        return new TokenVerification(authentication, all);
    }

    @Produces
    @Singleton
    SubmissionGate submissionGate() {
        return new SubmissionGate(
                config.api().submitRate(),
                config.api().submitBurst(),
                config.topics().maxMessageBytes(),
                clock);
    }

    @Produces
    @Singleton
    DeadLetterReplayer replayer(
            DeadLetterQueries letters,
            DeadLetterReplays replays,
            JobSubmitter submitter,
            MessageCodec codec,
            BrokerAccess broker,
            TopicNames names) {
        return new DeadLetterReplayer(
                letters,
                replays,
                () -> new SourceMessages(broker, InstantSource.system()),
                submitter,
                codec,
                names,
                InstantSource.system());
    }

    @Produces
    @Singleton
    WorkerMetrics metrics(MeterRegistry registry) {
        return new WorkerMetrics(registry);
    }

    /** Spans go nowhere unless a collector is named. */
    @Produces
    @Singleton
    TracerProvider spans() {
        WorkerConfig.Tracing tracing = config.tracing();
        return tracing.endpoint()
                .<TracerProvider>map(endpoint -> TraceExport.open(endpoint, tracing.ratio(), hostName()))
                .orElse(TracerProvider.noop());
    }

    void close(@Disposes TracerProvider spans) {
        TraceExport.close(spans);
    }

    @Produces
    @Singleton
    MessageCodec codec() {
        return new MessageCodec(config.topics().maxMessageBytes());
    }

    @Produces
    @Singleton
    BrokerAccess broker() {
        return BrokerAccess.read(
                config.kafka().bootstrapServers(), config.kafka().clientProperties());
    }

    @Produces
    @Singleton
    TopicNames topicNames() {
        WorkerConfig.Topics topics = config.topics();
        return new TopicNames(
                topics.urgent(), topics.backfill(), topics.results(), topics.caseResults(), topics.deadLetter());
    }

    @Produces
    @Singleton
    PublisherSettings publisher(BrokerAccess broker, TopicNames names) {
        String host = hostName();
        return new PublisherSettings(
                broker,
                PublisherSettings.transactionalId(config.kafka().group(), host, random.nextLong()),
                names,
                URI.create("/lesionstream/worker/" + host),
                config.topics().maxMessageBytes());
    }

    @Produces
    @Singleton
    ImageFetcher fetcher() {
        return SourceWiring.fetcher(config.decode());
    }

    @Produces
    @Singleton
    ImagePreparer preparer(ImageFetcher fetcher) {
        return new ImagePreparer(fetcher, DecoderCatalog.standard(SourceWiring.limits(config.decode())));
    }

    private InferenceSettings inference() {
        WorkerConfig.Inference inference = config.inference();
        return new InferenceSettings(
                inference.device(),
                inference.precision(),
                inference.threads(),
                config.batch().sizes(),
                config.batch().largest(),
                config.batch().longest(),
                inference.deterministic(),
                new InferenceSettings.Memory(
                        config.checkpoints().maxLoaded(), config.checkpoints().maxBytes()));
    }

    private BatchLimits batchLimits() {
        return new BatchLimits(
                config.batch().maxDelay(), PATIENCE, 2 * inference().maxBatch());
    }

    private PipelineParts.Sizes sizes(IntakeLimits intake) {
        return new PipelineParts.Sizes(
                intake.mostInFlight(),
                config.decode().threads(),
                config.decode().ahead(),
                config.lesion().threads(),
                config.delivery().maxBatch(),
                config.delivery().linger(),
                config.delivery().backfillLinger(),
                config.checkpoints().refresh(),
                config.cases().timeout(),
                config.cases().timeoutCheck());
    }

    private Set<String> createTopics(BrokerAccess broker, TopicNames names) {
        WorkerConfig.Topics topics = config.topics();
        TopicPlan plan = new TopicPlan(
                names, topics.partitions(), topics.replication(), topics.retention(), topics.maxMessageBytes());
        try (Admin admin = Admin.create(broker.properties())) {
            if (config.kafka().groupKind() == GroupKind.SHARE_GROUP) {
                new ShareGroupPlan(config.kafka().group()).apply(admin).ifPresent(why -> {
                    throw new IllegalStateException("lesionstream.kafka.group-kind is share-group, but " + why);
                });
            }
            return plan.createAbsent(admin);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed"; // the random part of the transactional id still tells workers apart
        }
    }
}
