package org.lesionstream.local.bench;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Measures one packaged worker against the network that it runs.
 *
 * <ol>
 *   <li>make phantoms and a checkpoint, or take the user's
 *   <li>measure, as often as asked
 *   <li>print the medians, write JSON and page
 * </ol>
 */
public final class Bench {

    private final BenchOptions options;
    private final WorkingFolder folder;
    private final Terminal terminal;
    private final Clock clock;

    private Bench(BenchOptions options, WorkingFolder folder, Terminal terminal, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Runs the bench; its last line on the terminal is for machines.
     *
     * @throws IllegalStateException when a part does not start or breaks down; the message holds the end of its log
     * @throws IllegalArgumentException when the options name something unusable
     */
    public static void run(BenchOptions options, Terminal terminal, Clock clock) throws IOException {
        options.artifacts().require();
        WorkingFolder folder = WorkingFolder.prepare(options.out(), "bench");
        new Bench(options, folder, terminal, clock).run();
    }

    private void run() throws IOException {
        SamplePictures pictures = pictures();
        SampleCheckpoint checkpoint = options.own().isPresent()
                ? SampleCheckpoint.of(
                        options.own().get().reference(), options.own().get().store())
                : made("bench", options.seed());
        Optional<CheckpointReference> other = options.variants().contains(Variant.TWO_CHECKPOINTS)
                ? Optional.of(made("other", options.seed() + 1).reference())
                : Optional.empty();
        Measurement measurement = new Measurement(options, folder, checkpoint, other, pictures, terminal, clock);
        List<Figures> figures = new ArrayList<>();
        Optional<RunResult> last = Optional.empty();
        for (int run = 1; run <= options.runs(); run++) {
            last = Optional.of(measurement.run(run));
            figures.add(FigureMaker.of(checkpoint.manifest(), pictures, last.get()));
        }
        RunResult lastRun = last.orElseThrow();
        Optional<String> madeBy = lastRun.backlog().log().madeBy();
        conclude(new BenchReport(options, checkpoint, madeBy, Figures.medians(figures), figures), lastRun);
    }

    private SamplePictures pictures() throws IOException {
        if (options.images().isPresent()) {
            return SamplePictures.below(options.images().get());
        }
        terminal.stage("Making phantom pictures");
        SamplePictures made = SamplePictures.phantoms(
                options.artifacts().trainerJar(),
                folder.phantoms(),
                options.scale().sides(),
                options.seed(),
                folder.log("trainer"),
                terminal::status);
        terminal.done(made.pictures().size() + " pictures, PNG and JPEG");
        return made;
    }

    private SampleCheckpoint made(String name, long seed) throws IOException {
        boolean there = SampleCheckpoint.isMade(options.scale(), options.madeCheckpoints(), name, 1);
        terminal.stage((there ? "Taking up " : "Training, once and not for long, ")
                + options.scale().network());
        SampleCheckpoint made = SampleCheckpoint.made(
                options.artifacts().trainerJar(),
                options.scale(),
                options.madeCheckpoints(),
                name,
                1,
                seed,
                folder.log("trainer"),
                terminal::status);
        terminal.done(made.store().toString());
        return made;
    }

    private void conclude(BenchReport report, RunResult lastRun) throws IOException {
        terminal.line("");
        report.setting().forEach((name, value) -> terminal.line("  " + name + ": " + value));
        report.medians().table().forEach(terminal::line);
        terminal.line("");
        if (options.json().isPresent()) {
            report.writeJson(options.json().get());
        }
        BenchPage page = new BenchPage(report, lastRun);
        page.write(options.html().orElse(folder.path().resolve("bench.html")));
        terminal.line("page: " + options.html().orElse(folder.path().resolve("bench.html")));
        terminal.line(report.line());
    }
}
