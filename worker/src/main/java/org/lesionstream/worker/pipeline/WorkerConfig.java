package org.lesionstream.worker.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.lesionstream.worker.api.Authentication;
import org.lesionstream.worker.broker.GroupKind;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.inference.DeviceKind;
import org.lesionstream.worker.inference.PrecisionChoice;

/**
 * Every setting of the worker, by stage.
 *
 * <p>Set them as environment variables: {@code lesionstream.batch.max-delay} is {@code LESIONSTREAM_BATCH_MAX_DELAY}. A
 * key that is not listed here stops the start, in files and in the environment, so a misspelt one is noticed. Database and HTTP follow Quarkus' own keys
 * ({@code quarkus.datasource.*}, {@code quarkus.http.*}). {@link WorkerWiring} turns each group into the small record
 * that its stage owns.
 */
@ConfigMapping(prefix = "lesionstream")
public interface WorkerConfig {
    Kafka kafka();

    Topics topics();

    Intake intake();

    Decode decode();

    Checkpoints checkpoints();

    Batch batch();

    Inference inference();

    Lesion lesion();

    Cases cases();

    Delivery delivery();

    Sink sink();

    Api api();

    Lifecycle lifecycle();

    Tracing tracing();

    Bench bench();

    Torture torture();

    /** The broker. */
    interface Kafka {
        /** Host and port of one or more brokers. No default: a worker that talks to a guessed broker loses its jobs. */
        String bootstrapServers();

        /**
         * File with the properties of Kafka's clients that say how to connect: {@code security.protocol}, {@code sasl.*}, {@code ssl.*}, as
         * Kafka's own tools take it. Holds the password, so it comes from a secret. None: neither TLS nor password.
         */
        Optional<Path> clientProperties();

        /** Group of the fleet; all workers that share the work share the name. A name belongs to one kind of group for good. */
        @WithDefault("lesionstream-worker")
        String group();

        /**
         * {@code consumer-group} shares a topic by partitions, and answers are seen once. {@code share-group} (KIP-932) shares it message by
         * message among any number of workers, and answers may be seen again under the same id; wants Kafka 4.3.
         */
        @WithDefault("consumer-group")
        GroupKind groupKind();

        /**
         * {@code consumer} is the protocol of KIP-848: only the partitions that move are interrupted. {@code classic}
         * for brokers before 4.0. A share group has but one.
         */
        @WithDefault("consumer")
        String groupProtocol();
    }

    /** Topic names, and how {@code topics} creates them where they are absent. */
    interface Topics {
        @WithDefault("image-jobs")
        String urgent();

        @WithDefault("image-jobs-backfill")
        String backfill();

        @WithDefault("segmentation-results")
        String results();

        @WithDefault("case-results")
        String caseResults();

        @WithDefault("image-jobs-dead-letter")
        String deadLetter();

        /** Partitions of a new topic: the most workers that can share a lane. */
        @WithDefault("12")
        int partitions();

        /** Replicas of a new topic. One suits a single broker; a cluster wants three. */
        @WithDefault("1")
        short replication();

        /** How long a new topic keeps its messages; longer than any outage that backfills must survive. */
        @WithDefault("7d")
        Duration retention();

        /** Largest message in bytes; inline images must fit, base64 included. */
        @WithDefault("8388608")
        int maxMessageBytes();
    }

    /** Polling. */
    interface Intake {
        /**
         * The lanes that this worker takes jobs from. A worker for {@code backfill} alone can come and go, and no urgent job ever
         * waits for it.
         */
        @WithDefault("urgent,backfill")
        Set<Lane> lanes();

        /**
         * Jobs of one lane between poll and commit. It bounds memory together with the decode limits; more than a few
         * batches' worth gains nothing.
         */
        @WithDefault("64")
        int maxInFlight();

        /** Messages of one poll; they are registered with the database in one statement. */
        @WithDefault("64")
        int maxPollRecords();

        /**
         * Share consumers per lane, in a share group alone. Each takes its part of {@link #maxInFlight} and nothing new before all of that
         * is answered, so a slow job holds up one of them. Each is a member of the group, a connection and two threads.
         */
        @WithDefault("4")
        int shareConsumers();
    }

    /** Fetching and decoding. */
    interface Decode {
        /** Threads. Decoding is CPU work that hides behind inference; one is enough on small machines. */
        @WithDefault("1")
        int threads();

        /** Folders that {@code file:} locations may point into, symbolic links resolved. None: no file is read. */
        Optional<List<Path>> fileRoots();

        /**
         * Web servers and archives that {@code http:}, {@code https:} and {@code dicomweb+https:} locations may point to, as scheme, host and port,
         * such as {@code https://pacs.example.org}. None: no server is asked.
         */
        Optional<List<URI>> httpOrigins();

        /** Value of the header {@code Authorization} for them, such as {@code Bearer …}; a secret, from the environment or a file alone. */
        Optional<String> httpAuthorization();

        /** Longest time of one request to them, from its begin to the last byte. */
        @WithDefault("30s")
        Duration httpTimeout();

        /** Objects of S3 buckets. */
        S3 s3();

        /** Largest file in bytes, counted on the stream. */
        @WithDefault("268435456")
        long maxBytes();

        /** Most pixels of an image, checked in the header before decoding. */
        @WithDefault("50000000")
        long maxPixels();

        /**
         * Longest time of decoding one image, which then ends with {@code DECODING_TOO_SLOW}. The limits above keep sound images within a few
         * seconds; this one is for files that were made to keep a decoder busy.
         */
        @WithDefault("30s")
        Duration timeLimit();

        /** Decoded images that wait for inference per lane; each holds its tiles in memory. */
        @WithDefault("16")
        int ahead();
    }

    /** Objects that may be read. */
    interface S3 extends S3Store {
        /** Buckets that {@code s3:} locations may name. None: no object is read. */
        Optional<List<String>> buckets();
    }

    /** A store that speaks S3. */
    interface S3Store {
        /** Address of a store that is not Amazon's, such as {@code https://objects.example.org}. */
        Optional<URI> endpoint();

        @WithDefault("us-east-1")
        String region();

        /** With {@link #secretKey}; without both, what Amazon's SDK finds in the environment, such as a role. */
        Optional<String> accessKey();

        /** A secret, from the environment or a file alone. */
        Optional<String> secretKey();

        /** Longest time of one request with all its attempts. */
        @WithDefault("30s")
        Duration timeout();
    }

    /** The checkpoint store. */
    interface Checkpoints {
        /** Folder of the store. */
        Path store();

        /** References that are loaded and warmed before the worker is ready. Others are loaded at their first job. */
        Optional<List<String>> preload();

        /** How often the alias files are read again. */
        @WithDefault("2s")
        Duration refresh();

        /** Loaded checkpoints at the same time; the least recently used one makes room for another. */
        @WithDefault("4")
        int maxLoaded();

        /** Bytes of the loaded model files together; a network takes about twice that of its file. */
        @WithDefault("4294967296")
        long maxBytes();
    }

    /** The micro-batcher. */
    interface Batch {
        /**
         * The batch sizes that exist; a batch is padded to the next one, and each is warmed up before readiness, since
         * the engine compiles for every new shape.
         */
        @WithDefault("1,2,4,8,16,32")
        List<Integer> sizes();

        /** The largest of these sizes. None: the one with the most tiles per second in the warm-up. */
        OptionalInt largest();

        /** How long a batch may take; an urgent job waits for at most one. Larger sizes than that allows are not used. */
        @WithDefault("1s")
        Duration longest();

        /** How long a tile waits for company on a busy device. Longer fills batches better, shorter answers sooner. */
        @WithDefault("5ms")
        Duration maxDelay();
    }

    /** The device. */
    interface Inference {
        /** {@code cpu} or {@code cuda}. A worker set to {@code cuda} refuses to start where there is none. */
        @WithDefault("cpu")
        DeviceKind device();

        /** {@code auto} takes the fastest file of the checkpoint that the device computes by itself; else {@code fp32}, {@code bf16}, {@code fp16}. */
        @WithDefault("auto")
        PrecisionChoice precision();

        /**
         * Whether a mask is the same to the last byte whatever its batch mates. Networks with attention then run at one
         * padded batch size; convolutions keep this promise by themselves.
         */
        @WithDefault("true")
        boolean deterministic();

        /** Engine threads on CPU; zero takes all cores. */
        @WithDefault("0")
        int threads();
    }

    /** Stitching, measuring, mask encoding. */
    interface Lesion {
        /** Threads. */
        @WithDefault("1")
        int threads();
    }

    /** Cases of several images. */
    interface Cases {
        /**
         * How long a case waits after its latest outcome for images that are missing; then it is closed without them, and an
         * image that comes after all makes another revision. Longer than the longest pause in a study that is still sent.
         */
        @WithDefault("24h")
        Duration timeout();

        /** How often it is looked for such cases. */
        @WithDefault("1m")
        Duration timeoutCheck();
    }

    /** Persisting and publishing. */
    interface Delivery {
        /** Outcomes of one database transaction and one Kafka transaction. */
        @WithDefault("32")
        int maxBatch();

        /** How long the first outcome of a batch waits for others. */
        @WithDefault("10ms")
        Duration linger();

        /**
         * The same for a batch of backfill alone, as long as other jobs are in flight: nobody waits for these answers, and
         * fewer transactions leave more of the machine to the network.
         */
        @WithDefault("200ms")
        Duration backfillLinger();
    }

    /** Where the results of closed cases go beside the tables, in the format of their pictures. */
    interface Sink {
        /**
         * A folder, {@code file:///results}, a bucket, {@code s3://bucket/prefix}, or an archive that speaks DICOMweb, {@code
         * dicomweb+https://pacs.example.org/dicom-web}, which takes the results of DICOM alone. None: they stay in the tables. All workers of a
         * fleet are set alike.
         */
        Optional<URI> location();

        /** Value of the header {@code Authorization} for an archive, such as {@code Bearer …}; a secret, from the environment or a file alone. */
        Optional<String> authorization();

        /** Longest time of one request to an archive. */
        @WithDefault("60s")
        Duration timeout();

        /** The store of a bucket; its keys may write where those for the pictures only read. */
        S3Store s3();
    }

    /** The HTTP interface below {@code /api}. Probes and metrics hold nothing about jobs and ask nobody. */
    interface Api {
        /**
         * {@code bearer} wants signed tokens, which MicroProfile JWT's own keys say how to verify ({@code mp.jwt.verify.*}); a worker
         * that cannot verify them does not start. {@code off} asks nobody.
         */
        @WithDefault("bearer")
        Authentication authentication();

        /** Jobs a second that one caller may submit to this worker for long. Who has more puts them on Kafka. */
        @WithDefault("50")
        int submitRate();

        /** Jobs that a caller may submit at once after a pause: a study of some hundred slices. */
        @WithDefault("500")
        int submitBurst();
    }

    /** Start and stop. */
    interface Lifecycle {
        /** How long a stopping worker finishes what is in flight; the rest is polled again by another worker. */
        @WithDefault("20s")
        Duration drain();

        /**
         * A loop that has not come back for so long is stuck, and the worker no longer alive. A batch may take ten times as long as
         * in the warm-up, and a checkpoint a few minutes to load, if that is more.
         */
        @WithDefault("60s")
        Duration stuckAfter();
    }

    /** Spans of the jobs, for OpenTelemetry. */
    interface Tracing {
        /**
         * Where a collector takes OTLP over HTTP, such as {@code http://collector:4318/v1/traces}. Absent: nothing is recorded, and answers
         * carry the trace context of their job as it came.
         */
        Optional<URI> endpoint();

        /**
         * Share of the jobs without a trace of their own that begin one, 0 to 1; jobs that come with a trace follow its decision. A
         * backfill of a million images wants far less than all: each job has about eight spans.
         */
        @WithDefault("1")
        double ratio();
    }

    /** Measurements. Never set in production: a worker with these loses time, or does not do its work at all. */
    interface Bench {
        /**
         * How long the first preloaded checkpoint runs in a closed loop of its largest batches before the first poll, with
         * nothing beside it; the rate becomes a metric. Absent: not at all.
         */
        Optional<Duration> bareLoop();

        /** Stages that a stand-in replaces, to see what they cost: {@code decode}, {@code inference}, {@code persist}, {@code publish}. */
        Optional<Set<ReplaceableStage>> without();
    }

    /** Tests of what a crash leaves behind. Never set in production: a worker with these ends itself. */
    interface Torture {
        /**
         * Where the worker ends as if it were killed, and at which passing: {@code before-persist:3}, {@code after-persist:1},
         * {@code before-publish:1} or {@code after-publish:2}.
         */
        Optional<String> haltAt();
    }
}
