package org.lesionstream.worker.persist;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

/**
 * How fast one thread stores outcomes in a real PostgreSQL on this machine, each list in one transaction with all indexes and keys:
 * lesion rows per second of images full of lesions, and the median of a usual batch, 32 images of a case each with 5 lesions.
 *
 * <p>Run by the command in the module's RATIONALE; never part of the tests.
 */
public final class PersistBenchmark {
    private static final int WARM_UP = 400;
    private static final int BATCHES = 200;
    private static final int IMAGES = 32;
    private static final int LESIONS = 5;
    private static final int FULL_BATCHES = 12;
    private static final int FULL_IMAGES = 50;
    private static final int FULL_LESIONS = 400;
    private static final int MASK_BYTES = 3_000;

    private final PostgresResultStore store;
    private final byte[] mask = new byte[MASK_BYTES];
    private int jobs;

    private PersistBenchmark(PostgresResultStore store) {
        this.store = store;
        new Random(1).nextBytes(mask);
    }

    public static void main(String... arguments) throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.start();
                PooledConnection pool = new PooledConnection(database.source())) {
            PersistBenchmark benchmark = new PersistBenchmark(new PostgresResultStore(pool, new MessageCodec()));
            benchmark.usualBatch(WARM_UP);
            double[] usual = benchmark.usualBatch(BATCHES);
            System.out.printf(
                    Locale.ROOT,
                    "batch of %d images with %d lesions: median=%.1f ms  90%%=%.1f ms%n",
                    IMAGES,
                    LESIONS,
                    usual[usual.length / 2],
                    usual[usual.length * 9 / 10]);
            benchmark.lesionsPerSecond(2);
            System.out.printf(
                    Locale.ROOT,
                    "images with %d lesions: %.0f lesion rows/s%n",
                    FULL_LESIONS,
                    benchmark.lesionsPerSecond(FULL_BATCHES));
        }
    }

    /** Sorted milliseconds per batch. */
    private double[] usualBatch(int batches) {
        double[] millis = new double[batches];
        for (int i = 0; i < batches; i++) {
            millis[i] = save(outcomes(IMAGES, LESIONS)) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private double lesionsPerSecond(int batches) {
        long nanos = 0;
        for (int i = 0; i < batches; i++) {
            nanos += save(outcomes(FULL_IMAGES, FULL_LESIONS));
        }
        return (double) batches * FULL_IMAGES * FULL_LESIONS / (nanos / 1e9);
    }

    /** Nanoseconds of the save alone; the cases are known before, as the intake makes them. */
    private long save(List<JobOutcome> outcomes) {
        long start = System.nanoTime();
        store.save(outcomes);
        return System.nanoTime() - start;
    }

    private List<JobOutcome> outcomes(int images, int lesions) {
        List<JobOutcome> outcomes = new ArrayList<>();
        List<RegistrationRequest> requests = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            SampleJob job = SampleJob.aJob("bench-" + jobs++);
            requests.add(new RegistrationRequest(job.job(), Optional.of(SampleJob.CHECKPOINT)));
            JobOutcome.Segmented outcome = job.segmented(lesions);
            outcomes.add(new JobOutcome.Segmented(outcome.delivery(), outcome.result(), mask, outcome.lesions()));
        }
        store.register(requests);
        return outcomes;
    }
}
