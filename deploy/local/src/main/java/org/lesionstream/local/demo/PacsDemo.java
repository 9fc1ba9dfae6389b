package org.lesionstream.local.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.lesionstream.local.LocalArchive;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Html;
import org.lesionstream.local.report.Page;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.local.traffic.JobRecords;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseVolume;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * A hospital's round on this machine: a series lies in an archive, one job names it, and masks and report are in the archive again.
 *
 * <ol>
 *   <li>make phantom pictures, and train a network on them
 *   <li>start an archive, a broker and a database, and store a study of pictures that the network has not seen
 *   <li>start the packaged worker, which may read from the archive and write to it
 *   <li>submit one job for the series, and wait for the results in the archive
 *   <li>compare them with the database and with the truth, and have a validator read them
 * </ol>
 *
 * <p>All of it is gone when {@link #run} returns or throws; the objects stay in the working folder.
 */
public final class PacsDemo {
    private static final int SLICES = 12;
    private static final String ID = "pacs-demo";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String CHECKPOINT = Training.NAME + "@" + Training.ALIAS;

    private final DemoOptions options;
    private final WorkingFolder folder;
    private final Terminal terminal;
    private final Clock clock;

    private PacsDemo(DemoOptions options, WorkingFolder folder, Terminal terminal, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Runs it.
     *
     * @param options without pictures of one's own
     * @return whether it has passed; the last line on the terminal says what came of it
     * @throws IllegalStateException when a part is not there, does not start or breaks down; the message says what to do, or holds the end of its log
     */
    public static boolean run(DemoOptions options, Terminal terminal, Clock clock) throws IOException {
        options.artifacts().require();
        WorkingFolder folder = WorkingFolder.prepare(options.out(), "demo");
        return new PacsDemo(options, folder, terminal, clock).run().passed();
    }

    private PacsVerdict run() throws IOException {
        if (!LocalArchive.isInstalled()) {
            terminal.stage("Installing Orthanc with apt");
            LocalArchive.install(folder.log("apt"), terminal::status);
            terminal.done("orthanc, orthanc-dicomweb, dicom3tools");
        }
        Training training = new Training(options, folder, terminal);
        PictureFolder pictures = training.pictures();
        training.trainAndPromote(pictures);
        List<Picture> slices = pictures.validation().subList(0, SLICES);
        terminal.stage("Starting an archive, a Kafka broker and a PostgreSQL");
        try (LocalArchive archive = LocalArchive.start(folder.path().resolve("archive"));
                LocalBroker broker = LocalBroker.start(folder.path().resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(folder.path().resolve("postgres"))) {
            terminal.done("Orthanc " + archive.version() + " at " + archive.dicomWeb());
            PhantomSeries series = new PhantomSeries(options.seed(), SLICES);
            store(slices, series, archive);
            terminal.stage("Starting the worker");
            try (WorkerProcess worker = new DemoWorker(folder.store(), CHECKPOINT, List.of(), options.device(), "auto")
                    .start(options.artifacts().workerJar(), broker, database, folder.log("worker"), reaches(archive))) {
                terminal.done(worker.address() + ", ready with " + CHECKPOINT);
                return conclude(segment(series, archive, broker, worker), slices, archive, broker, database);
            }
        }
    }

    /** The settings of whoever reads from the archive, and writes to it. */
    private static Map<String, String> reaches(LocalArchive archive) {
        return Map.of(
                "LESIONSTREAM_DECODE_HTTP_ORIGINS",
                archive.origin().toString(),
                "LESIONSTREAM_SINK_LOCATION",
                "dicomweb+" + archive.dicomWeb());
    }

    private void store(List<Picture> slices, PhantomSeries series, LocalArchive archive) throws IOException {
        terminal.stage("Storing a study of " + SLICES + " slices");
        for (int i = 0; i < slices.size(); i++) {
            PictureFile picture = PictureFile.read(slices.get(i).image());
            archive.store(series.slice(i + 1, picture.grid()));
        }
        terminal.done(series.path());
    }

    private SeriesAnswers segment(PhantomSeries series, LocalArchive archive, LocalBroker broker, WorkerProcess worker)
            throws IOException {
        URI location = URI.create("dicomweb+" + archive.dicomWeb() + series.path());
        terminal.stage("One job for " + location);
        submit(location, broker);
        SeriesAnswers answers = new SeriesAnswers();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (AnswerReader reader = new AnswerReader(broker.bootstrapServers())) {
            while (answers.caseResult().isEmpty() && answers.deadLetter().isEmpty()) {
                if (!worker.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("The series was not answered." + worker.logEnd());
                }
                reader.read(answers, POLL);
                terminal.progress(answers.results().size(), SLICES, "slices segmented");
            }
        }
        answers.deadLetter().ifPresent(letter -> {
            throw new IllegalStateException(
                    "The job ended as a dead letter with " + letter.code() + "." + worker.logEnd());
        });
        terminal.done(answers.results().size() + " slices, and a volume");
        terminal.stage("Waiting for the results in the archive");
        archive.awaitObjects("SEG", 1, LIMIT);
        archive.awaitObjects("SR", 1, LIMIT);
        terminal.done("a segmentation and a report");
        return answers;
    }

    private void submit(URI location, LocalBroker broker) throws IOException {
        ImageJob job = new ImageJob(
                ID,
                new CaseImage(ID, 1, 1),
                ImageSource.at(location),
                CheckpointReference.parse(CHECKPOINT),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        JobRecords records = new JobRecords(URI.create("urn:lesionstream:demo"), clock);
        try (Producer<String, byte[]> producer = JobRecords.producer(broker.bootstrapServers())) {
            producer.send(records.of(JobLane.URGENT, ID, ID, new MessageCodec().write(job)))
                    .get();
        } catch (ExecutionException failure) {
            throw new IOException("The broker did not take the job", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while submitting the job", interrupted);
        }
    }

    private PacsVerdict conclude(
            SeriesAnswers answers,
            List<Picture> slices,
            LocalArchive archive,
            LocalBroker broker,
            LocalDatabase database)
            throws IOException {
        terminal.stage("Comparing the archive with the database, and the masks with the truth");
        List<byte[]> segmentations = archive.objects("SEG");
        List<byte[]> reports = archive.objects("SR");
        List<byte[]> objects = new ArrayList<>(segmentations);
        objects.addAll(reports);
        List<ScoredSlice> scored = scored(answers, slices, database);
        PacsVerdict verdict = new PacsVerdict(
                "orthanc-" + archive.version(),
                slices.size(),
                answers.results().size(),
                lesions(answers.caseResult().orElseThrow()),
                segmentations.size(),
                reports.size(),
                equal(objects, fromDatabase(archive, broker, database)),
                errors(objects),
                scored.stream().mapToDouble(ScoredSlice::dice).average().orElse(0));
        terminal.done(folder.path().resolve("objects").toString());
        Path page = folder.path().resolve("pacs-report.html");
        write(page, verdict, scored);
        terminal.line("          " + page);
        verdict.complaints().forEach(complaint -> terminal.line("not passed: " + complaint));
        terminal.line(verdict.line());
        return verdict;
    }

    private static long lesions(CaseResult result) {
        return result.volume().map(CaseVolume::lesionCount).orElse(0);
    }

    /** What the worker's command makes of the tables and the pictures, by its own. */
    private List<byte[]> fromDatabase(LocalArchive archive, LocalBroker broker, LocalDatabase database)
            throws IOException {
        Path out = folder.path().resolve("from-database");
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.putAll(reaches(archive));
        WorkerProcess.run(
                options.artifacts().workerJar(),
                List.of("results", "--case", ID, "--out", out.toString()),
                environment,
                folder.log("results"));
        List<byte[]> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                objects.add(Files.readAllBytes(file));
            }
        }
        return objects;
    }

    private static int equal(List<byte[]> objects, List<byte[]> others) {
        return (int) objects.stream()
                .filter(object -> others.stream().anyMatch(other -> Arrays.equals(object, other)))
                .count();
    }

    /** Keeps the objects for whoever wants to look at them, and has the validator do so. */
    private Optional<List<String>> errors(List<byte[]> objects) throws IOException {
        Path target = Files.createDirectories(folder.path().resolve("objects"));
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            Path file = Files.write(target.resolve("object-" + (i + 1) + ".dcm"), objects.get(i));
            if (DicomValidator.isInstalled()) {
                errors.addAll(DicomValidator.errors(file));
            }
        }
        return DicomValidator.isInstalled() ? Optional.of(errors) : Optional.empty();
    }

    private record ScoredSlice(int number, PictureFile picture, LabelMask truth, LabelMask found, double dice) {}

    private static List<ScoredSlice> scored(SeriesAnswers answers, List<Picture> slices, LocalDatabase database)
            throws IOException {
        List<ScoredSlice> scored = new ArrayList<>();
        try (StoredMasks masks = new StoredMasks(database)) {
            for (Map.Entry<Integer, SegmentationResult> result :
                    answers.results().entrySet()) {
                Picture picture = slices.get(result.getKey() - 1);
                LabelMask truth = PictureFile.read(picture.mask()).mask();
                LabelMask found = masks.of(result.getValue());
                scored.add(new ScoredSlice(
                        result.getKey(), PictureFile.read(picture.image()), truth, found, Dice.of(truth, found)));
            }
        }
        return scored;
    }

    private static void write(Path target, PacsVerdict verdict, List<ScoredSlice> slices) throws IOException {
        StringBuilder body = new StringBuilder("<h1>From the archive and back</h1>\n<p class=\"verdict "
                + (verdict.passed() ? "good" : "bad") + "\">" + Html.text(verdict.line()) + "</p>\n"
                + "<p class=\"hint\">The slices with two outlines: blue the truth, orange what was found, white where both run together.</p>\n"
                + "<div class=\"gallery\">\n");
        for (ScoredSlice slice : slices) {
            body.append(Html.figure(
                    Overlay.of(slice.picture().image(), slice.truth(), slice.found()),
                    "slice " + slice.number(),
                    String.format(Locale.ROOT, "slice %d, Dice %.4f", slice.number(), slice.dice())));
        }
        Page.write(
                target,
                "Lesionstream demo: from the archive and back",
                body.append("</div>\n").toString());
    }
}
