package org.lesionstream.worker.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.backfill.BackfillLimits;
import org.lesionstream.worker.backfill.BackfillReport;
import org.lesionstream.worker.backfill.BackfillReport.Ending;
import org.lesionstream.worker.backfill.BackfillRun;
import org.lesionstream.worker.backfill.EntrySource;
import org.lesionstream.worker.backfill.JobMaker;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.BackfillRow;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.Backfills;
import org.lesionstream.worker.persist.JobFates;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.PublisherSettings;
import org.lesionstream.worker.publish.TopicNames;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a job per picture, waits for the outcomes, and says what became of them. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Submits one job per picture to the backfill lane, and stays until all are answered.",
            "Run it again to go on where it was: what has an outcome is not submitted again. Ids are made of location "
                    + "and checkpoint, so to do the same pictures once more ask for another checkpoint."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every entry is segmented, by this run or an earlier one (with --no-wait: nothing failed so far)",
            "1:there are dead letters or refused entries, or it ended early; the last lines say which",
            "2:wrong use",
            "130:Ctrl-C; the state is written, and running it again goes on"
        })
public final class BackfillRunCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final URI PRODUCER = URI.create("/lesionstream/backfill");
    private static final int MAX_MESSAGE_BYTES = 1 << 20; // a job without its picture is far smaller
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    @Parameters(
            paramLabel = "NAME",
            description = "What to call this backfill; letters, digits and . _ - (no person's name).")
    private String name;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "REF",
            description = "What shall segment the pictures: name@version, name@alias or name@sha256:digest.")
    private String checkpoint;

    @ArgGroup(multiplicity = "1")
    private BackfillSourceOptions from;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Submit at most N jobs per second. Default: as many as --in-flight allows")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "5000",
            description =
                    "Have at most N jobs of this backfill unanswered in the fleet: its share, and what an autoscaler "
                            + "sees as its backlog. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--strict", description = "End at the first entry that cannot be read, instead of counting it.")
    private boolean strict;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Stay until the last outcome, or with --no-wait until the last job is submitted. Default: wait")
    private boolean wait;

    @Option(
            names = "--count",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Count the entries first, so that the time left is known. --no-count begins at once.")
    private boolean count;

    @Option(names = "--json", description = "Print the report as one JSON document.")
    private boolean json;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private DatabaseOptions database;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            return run(new JobMaker(reference(), new MessageCodec()), limits());
        } catch (ParameterException e) { // without the page of usage, which would hide the sentence
            complain(e.getMessage());
            return ExitCode.USAGE;
        } catch (SegmentationException e) {
            complain(BackfillCommand.unavailable(e));
            return ExitCode.SOFTWARE;
        }
    }

    private int run(JobMaker jobs, BackfillLimits limits) {
        try (StopSignal stop = new StopSignal(System::nanoTime);
                EntrySource source = open(jobs)) {
            Backfills backfills = new Backfills(database.impatientSource());
            Optional<String> fault =
                    new TopicProbe(kafka.broker()).fault(kafka.topics().backfill());
            if (fault.isPresent()) {
                complain(fault.get());
                return ExitCode.SOFTWARE;
            }
            Backfills.Claim claim = claim();
            Optional<BackfillRow> inTheWay = backfills.claim(claim);
            return inTheWay.isPresent() ? refuse(inTheWay.get()) : run(source, limits, backfills, claim, stop);
        }
    }

    private EntrySource open(JobMaker jobs) {
        try {
            return from.open(jobs);
        } catch (IllegalArgumentException e) { // of a manifest, which says what is wrong with it
            throw wrongUse(e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Backfills.Claim claim() {
        try {
            Optional<Long> total = Optional.empty();
            if (count) {
                say("counting the entries; --no-count begins at once");
                total = Optional.of(from.count());
            }
            return new Backfills.Claim(
                    name, checkpoint, from.description(), UUID.randomUUID().toString(), total);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ParameterException unreadable(IOException e) {
        return wrongUse("the source cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }

    private int run(
            EntrySource source, BackfillLimits limits, Backfills backfills, Backfills.Claim claim, StopSignal stop) {
        PrintWriter err = spec.commandLine().getErr();
        BackfillProgress progress = new BackfillProgress(err, Ansi.AUTO.enabled(), stop::nanos, claim.total());
        long begin = stop.nanos();
        BackfillReport report;
        try (JobSubmitter submitter = submitter()) {
            BackfillRun run = new BackfillRun(
                    source,
                    new ConnectedFleet(submitter, new JobFates(database.impatientSource()), backfills, claim),
                    limits,
                    progress,
                    stop,
                    new RetryBackoff(FIRST_RETRY, LONGEST_RETRY, ThreadLocalRandom.current()));
            report = run(run, progress);
        }
        end(backfills, claim, report);
        print(report, Duration.ofNanos(stop.nanos() - begin));
        return report.good() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private BackfillReport run(BackfillRun run, BackfillProgress progress) {
        try {
            return run.run();
        } catch (SegmentationException e) {
            complain("a fault of the program or the database (" + e.code() + "); run it again to go on");
            return run.report(Ending.STOPPED);
        } catch (UncheckedIOException e) {
            complain(e.getMessage() + " (" + e.getCause().getClass().getSimpleName() + "); run it again to go on");
            return run.report(Ending.STOPPED);
        } finally {
            progress.end();
        }
    }

    private void end(Backfills backfills, Backfills.Claim claim, BackfillReport report) {
        BackfillState state = report.ending() == Ending.FINISHED ? BackfillState.FINISHED : BackfillState.STOPPED;
        try {
            backfills.end(claim, state, report.counts());
        } catch (SegmentationException e) {
            complain("the database does not answer (" + e.code() + "), so " + name + " still counts as running for "
                    + Backfills.SILENCE_LIMIT.toSeconds() + " s");
        }
    }

    private int refuse(BackfillRow row) {
        if (!row.checkpoint().equals(checkpoint)) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + " is a backfill for " + row.checkpoint() + "; choose another name for " + checkpoint);
        }
        complain(name + " is " + row.state().word() + " elsewhere and was heard of "
                + row.silence().toSeconds() + " s ago. If that program was killed, try again after "
                + Backfills.SILENCE_LIMIT.toSeconds() + " s of silence.");
        return ExitCode.SOFTWARE;
    }

    private void print(BackfillReport report, Duration taken) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? BackfillReportText.json(name, report, taken) : BackfillReportText.lines(name, report, taken));
        out.flush();
    }

    private JobSubmitter submitter() {
        TopicNames topics = kafka.topics();
        String id = PublisherSettings.transactionalId(
                "backfill", name, ThreadLocalRandom.current().nextLong());
        return new JobSubmitter(
                new PublisherSettings(kafka.broker(), id, topics, PRODUCER, MAX_MESSAGE_BYTES),
                new MessageCodec(),
                InstantSource.system());
    }

    private CheckpointReference reference() {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(spec.commandLine(), "NAME must match " + NAME);
        }
        try {
            return CheckpointReference.parse(checkpoint);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--checkpoint: " + e.getMessage(), e);
        }
    }

    private BackfillLimits limits() {
        try {
            OptionalDouble perSecond = rate.map(OptionalDouble::of).orElse(OptionalDouble.empty());
            return new BackfillLimits(perSecond, inFlight, strict, wait);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--" + e.getMessage(), e);
        }
    }

    private ParameterException wrongUse(String text, Exception cause) {
        return new ParameterException(spec.commandLine(), text, cause);
    }

    private void complain(String text) {
        say("backfill: " + text);
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }
}
