package org.lesionstream.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.TrainerProcess;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * Whether the packaged worker, by way of Kafka and PostgreSQL, stores the very masks that the packaged trainer's {@code evaluate} judges.
 *
 * <ul>
 *   <li>Every picture is one job and one case, on both lanes in turn; no job is bad, no picture comes twice.
 *   <li>{@code evaluate} runs the version and the precision that the results name, on the same pictures, when the worker has ended.
 *   <li>Masks are compared pixel for pixel, at the size of the picture. Lesion rules do not matter: they decide what is reported, and the
 *       stored mask keeps every pixel.
 *   <li>Dice is that of {@code evaluate}: the mean over all classes of the checkpoint, 1 for one that neither mask shows.
 *   <li>The store is only read.
 * </ul>
 */
public final class Agreement {

    private static final Duration EVALUATION_LIMIT = Duration.ofHours(6);

    private final AgreementOptions options;
    private final SampleCheckpoint checkpoint;
    private final PictureFolder pictures;
    private final WorkingFolder folder;
    private final Terminal terminal;
    private final Clock clock;

    private Agreement(
            AgreementOptions options,
            SampleCheckpoint checkpoint,
            PictureFolder pictures,
            WorkingFolder folder,
            Terminal terminal,
            Clock clock) {
        this.options = options;
        this.checkpoint = checkpoint;
        this.pictures = pictures;
        this.folder = folder;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Compares worker and trainer.
     *
     * @return whether they agree; the last line on the terminal says in what
     * @throws IllegalStateException when a part does not start or breaks down; the message holds the end of its log
     * @throws IllegalArgumentException when the options name something unusable
     */
    public static boolean run(AgreementOptions options, Terminal terminal, Clock clock) throws IOException {
        options.artifacts().require();
        SampleCheckpoint checkpoint = SampleCheckpoint.of(options.checkpoint(), options.store());
        PictureFolder pictures = PictureFolder.judged(options.images(), options.masks());
        WorkingFolder folder = WorkingFolder.prepare(options.out(), "demo");
        return new Agreement(options, checkpoint, pictures, folder, terminal, clock).run();
    }

    private boolean run() throws IOException {
        List<PlannedJob> plan = plan(pictures.pictures());
        terminal.stage("Starting a Kafka broker and a PostgreSQL");
        try (LocalBroker broker = LocalBroker.start(folder.path().resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(folder.path().resolve("postgres"))) {
            terminal.done(broker.bootstrapServers() + ", " + database.jdbcUrl());
            Submission submission;
            Answers answers;
            terminal.stage("Starting the worker");
            try (WorkerProcess worker =
                    worker().start(options.artifacts().workerJar(), broker, database, folder.log("worker"))) {
                terminal.done(worker.address() + ", ready with " + options.checkpoint());
                terminal.stage("Submitting " + plan.size() + " jobs over both lanes");
                submission = new JobSubmitter(
                                broker.bootstrapServers(),
                                options.checkpoint(),
                                Optional.empty(),
                                Optional.empty(),
                                clock)
                        .submit(plan);
                answers = new Answers(submission);
                try (AnswerReader reader = new AnswerReader(broker.bootstrapServers())) {
                    new AnswerWatch(terminal).await(answers, reader, worker);
                    worker.stop();
                    reader.readToEnd(answers);
                }
            }
            return conclude(submission, answers, database);
        }
    }

    private DemoWorker worker() {
        return new DemoWorker(
                options.store(),
                options.checkpoint().toString(),
                List.of(pictures.images()),
                options.device(),
                options.precision());
    }

    /** A case for every picture; every second one is urgent. */
    static List<PlannedJob> plan(List<Picture> pictures) {
        List<PlannedJob> jobs = new ArrayList<>();
        for (Picture picture : pictures) {
            String number = "%04d".formatted(jobs.size() + 1);
            JobLane lane = jobs.size() % 2 == 0 ? JobLane.URGENT : JobLane.BACKFILL;
            jobs.add(new PlannedJob("job-" + number, "case-" + number, 1, 1, lane, JobKind.FILE, picture));
        }
        return jobs;
    }

    private boolean conclude(Submission submission, Answers answers, LocalDatabase database) throws IOException {
        List<SegmentationResult> results =
                answers.results().stream().map(Answers.Dated::message).toList();
        List<String> surprises = answers.surprises();
        if (results.isEmpty()) {
            surprises.forEach(surprise -> terminal.line("unexpected: " + surprise));
            throw new IllegalStateException("The worker stored no mask, so there is nothing to compare");
        }
        String version = one(
                "versions",
                results.stream()
                        .map(result -> result.checkpoint().name() + "@"
                                + result.checkpoint().version())
                        .toList());
        String precision = one(
                "precisions",
                results.stream().map(SegmentationResult::precision).toList());
        Evaluated evaluated = evaluate(version, precision);
        AgreementVerdict verdict = new AgreementVerdict(
                submission.jobs().size(),
                answers.tally().lost(),
                answers.tally().duplicates(),
                surprises,
                compare(submission, results, database, evaluated),
                evaluated.meanDice(),
                version,
                precision,
                results.stream()
                        .allMatch(result -> result.checkpoint().digest().hex().equals(evaluated.digest())));
        verdict.complaints().forEach(complaint -> terminal.line("no agreement: " + complaint));
        terminal.line(verdict.line());
        return verdict.passed();
    }

    private Evaluated evaluate(String version, String precision) throws IOException {
        terminal.stage("Having the trainer evaluate " + version + " in " + precision);
        Path json = folder.path().resolve("evaluate.json");
        Path masks = folder.path().resolve("evaluate-masks");
        List<String> arguments = List.of(
                "evaluate",
                "--checkpoint",
                version,
                "--store",
                options.store().toString(),
                "--images",
                pictures.images().toString(),
                "--masks",
                pictures.masks().toString(),
                "--precision",
                precision,
                "--json",
                json.toString(),
                "--save-masks",
                masks.toString());
        try (TrainerProcess command =
                TrainerProcess.start(options.artifacts().trainerJar(), arguments, folder.log("trainer"))) {
            command.awaitSuccess(EVALUATION_LIMIT, terminal::status);
        }
        Evaluated evaluated = Evaluated.read(json, masks);
        terminal.done(String.format(Locale.ROOT, "mean Dice %.4f", evaluated.meanDice()));
        return evaluated;
    }

    private List<ComparedImage> compare(
            Submission submission, List<SegmentationResult> results, LocalDatabase database, Evaluated evaluated)
            throws IOException {
        terminal.stage("Comparing the stored masks with those of the trainer");
        int classes = checkpoint.manifest().classes().size();
        List<ComparedImage> images = new ArrayList<>();
        try (StoredMasks masks = new StoredMasks(database)) {
            for (SegmentationResult result : results) {
                Picture picture = submission.jobs().get(result.jobId()).picture();
                LabelMask stored = masks.of(result);
                LabelMask truth = PictureFile.read(picture.mask()).mask();
                images.add(new ComparedImage(
                        picture.name(),
                        ComparedImage.differences(stored, evaluated.mask(picture.name())),
                        Dice.overClasses(truth, stored, classes),
                        evaluated.dice().getOrDefault(picture.name(), Double.NaN)));
                terminal.progress(images.size(), results.size(), "masks compared");
            }
        }
        terminal.done(images.stream().filter(ComparedImage::equalMasks).count() + " of " + images.size()
                + " are equal pixel for pixel");
        return images;
    }

    private static String one(String what, List<String> words) {
        Set<String> distinct = new TreeSet<>(words);
        if (distinct.size() != 1) {
            throw new IllegalStateException("The worker ran several " + what + ": " + String.join(", ", distinct));
        }
        return distinct.iterator().next();
    }
}
