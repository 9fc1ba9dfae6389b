package org.lesionstream.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * The whole system on this machine, from nothing to judged masks.
 *
 * <ol>
 *   <li>make pictures, or take the user's
 *   <li>start a broker and a database
 *   <li>train a network on them and promote the checkpoint
 *   <li>start the packaged worker
 *   <li>submit good and bad jobs over both lanes
 *   <li>wait until each is answered
 *   <li>compare the masks with the truth, and count what is missing or double
 *   <li>write the report
 * </ol>
 *
 * <p>Broker, database and worker are gone when {@link #run} returns or throws.
 */
public final class Demo {

    /** Phantoms have no size in the world; half a millimetre per pixel makes their lesions a few millimetres wide. */
    private static final PixelSpacing PHANTOM_SPACING = new PixelSpacing(0.5, 0.5);

    private final DemoOptions options;
    private final WorkingFolder folder;
    private final Terminal terminal;
    private final Clock clock;

    private Demo(DemoOptions options, WorkingFolder folder, Terminal terminal, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Runs the demo.
     *
     * @return whether it has passed; the last line on the terminal says what came of it
     * @throws IllegalStateException when a part does not start or breaks down; the message holds the end of its log
     * @throws IllegalArgumentException when the options name something unusable
     */
    public static boolean run(DemoOptions options, Terminal terminal, Clock clock) throws IOException {
        options.artifacts().require();
        WorkingFolder folder = WorkingFolder.prepare(options.out(), "demo");
        return new Demo(options, folder, terminal, clock).run().passed();
    }

    private Verdict run() throws IOException {
        Training training = new Training(options, folder, terminal);
        PictureFolder pictures = training.pictures();
        terminal.stage("Starting a Kafka broker and a PostgreSQL");
        try (LocalBroker broker = LocalBroker.start(folder.path().resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(folder.path().resolve("postgres"))) {
            terminal.done(broker.bootstrapServers() + ", " + database.jdbcUrl());
            training.trainAndPromote(pictures);
            List<Picture> validation = pictures.validation();
            BadPictures bad = BadPictures.write(
                    folder.path().resolve("bad-pictures"),
                    PictureFile.read(validation.get(0).image()));
            try (WorkerProcess worker = startWorker(broker, database, pictures)) {
                return stream(broker, database, worker, JobPlan.of(validation, options.jobs(), options.seed()), bad);
            }
        }
    }

    private WorkerProcess startWorker(LocalBroker broker, LocalDatabase database, PictureFolder pictures) {
        terminal.stage("Starting the worker");
        String checkpoint = Training.NAME + "@" + Training.ALIAS;
        List<Path> roots = List.of(pictures.images(), folder.path().resolve("bad-pictures"));
        WorkerProcess worker = new DemoWorker(folder.store(), checkpoint, roots, options.device(), "auto")
                .start(options.artifacts().workerJar(), broker, database, folder.log("worker"));
        terminal.done(worker.address() + ", ready with " + checkpoint);
        return worker;
    }

    private Verdict stream(
            LocalBroker broker, LocalDatabase database, WorkerProcess worker, List<PlannedJob> plan, BadPictures bad)
            throws IOException {

        terminal.stage("Submitting " + plan.size() + " jobs over both lanes");
        Submission submission = submitter(broker, bad).submit(plan);
        Answers answers = new Answers(submission);
        try (AnswerReader reader = new AnswerReader(broker.bootstrapServers())) {
            new AnswerWatch(terminal).await(answers, reader, worker);
            if (!options.keep()) {
                // What a worker has to say it says before it ends, so after this nothing can come twice any more.
                worker.stop();
            }
            reader.readToEnd(answers);
            List<ScoredImage> images = compare(submission, answers, database);
            return conclude(submission, answers, images, broker, database, worker);
        }
    }

    private JobSubmitter submitter(LocalBroker broker, BadPictures bad) {
        Optional<PixelSpacing> spacing =
                options.pictures().isPresent() ? Optional.empty() : Optional.of(PHANTOM_SPACING);
        CheckpointReference checkpoint = CheckpointReference.parse(Training.NAME + "@" + Training.ALIAS);
        return new JobSubmitter(broker.bootstrapServers(), checkpoint, spacing, Optional.of(bad), clock);
    }

    private List<ScoredImage> compare(Submission submission, Answers answers, LocalDatabase database)
            throws IOException {
        terminal.stage("Comparing the masks with the truth");
        List<ScoredImage> images = new ArrayList<>();
        try (StoredMasks masks = new StoredMasks(database)) {
            for (Answers.Dated<SegmentationResult> dated : answers.results()) {
                SegmentationResult result = dated.message();
                PlannedJob job = submission.jobs().get(result.jobId());
                LabelMask truth = PictureFile.read(job.picture().mask()).mask();
                images.add(ScoredImage.of(job, result, truth, masks.of(result)));
                terminal.progress(images.size(), answers.results().size(), "masks compared");
            }
        }
        terminal.done(String.format(Locale.ROOT, "mean Dice %.4f", ScoredImage.meanDice(images)));
        return images;
    }

    private Verdict conclude(
            Submission submission,
            Answers answers,
            List<ScoredImage> images,
            LocalBroker broker,
            LocalDatabase database,
            WorkerProcess worker)
            throws IOException {
        Verdict verdict = verdict(answers, images);
        terminal.stage("Writing the report");
        Path report = folder.path().resolve("demo-report.html");
        new ReportPage(verdict, submission, answers, images).write(report);
        terminal.done(report.toString());
        CaseFindings.choose(answers, images)
                .ifPresent(findings -> findings.lines().forEach(terminal::line));
        answers.surprises().forEach(surprise -> terminal.line("unexpected: " + surprise));
        verdict.complaints().forEach(complaint -> terminal.line("not passed: " + complaint));
        if (options.keep()) {
            showAddresses(broker, database, worker);
        }
        terminal.line(verdict.line());
        if (options.keep()) {
            awaitInterrupt();
        }
        return verdict;
    }

    private Verdict verdict(Answers answers, List<ScoredImage> images) {
        OutcomeTally tally = answers.tally();
        return new Verdict(
                options.jobs(),
                tally.results(),
                tally.deadLetters(),
                tally.lost(),
                tally.duplicates(),
                answers.surprises().size(),
                tally.cases(),
                ScoredImage.meanDice(images),
                options.leastDice(),
                answers.imagesPerSecond(),
                options.device(),
                images.stream()
                        .map(image -> image.result().checkpoint().name() + "@"
                                + image.result().checkpoint().version())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("+")));
    }

    private void showAddresses(LocalBroker broker, LocalDatabase database, WorkerProcess worker) {
        terminal.line("Everything keeps running until you press Ctrl-C:");
        terminal.line("  worker      " + worker.address() + "/api/cases  " + worker.address() + "/q/metrics");
        terminal.line("  Kafka       " + broker.bootstrapServers());
        terminal.line("  PostgreSQL  " + database.jdbcUrl() + "  user " + database.user());
        terminal.line("  store       " + folder.store());
        terminal.line("  report      " + folder.path().resolve("demo-report.html"));
    }

    /** Waits for ever; the JVM ends on Ctrl-C, and the child processes with it. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
