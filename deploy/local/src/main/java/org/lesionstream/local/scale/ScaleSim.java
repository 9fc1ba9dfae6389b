package org.lesionstream.local.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.scale.model.ScaleSettings;
import org.lesionstream.local.scale.model.Scenario;
import org.lesionstream.local.scale.model.ServiceTimes;
import org.lesionstream.local.scale.model.Simulation;

/**
 * Compares settings of the autoscaler on simulated days.
 *
 * <ol>
 *   <li>take the service times from a bench, or those that are built in
 *   <li>simulate every scenario under all settings, with the same jobs
 *   <li>print the table, write JSON, CSV and page
 * </ol>
 */
public final class ScaleSim {

    private static final int STEPS = 1000;

    private final ScaleOptions options;
    private final Terminal terminal;

    private ScaleSim(ScaleOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /**
     * Runs the comparison; its last line on the terminal is for machines.
     *
     * @throws IllegalArgumentException when the options name something unusable
     */
    public static void run(ScaleOptions options, Terminal terminal) throws IOException {
        new ScaleSim(options, terminal).run();
    }

    private void run() throws IOException {
        ServiceTimes times = times();
        List<Scenario> scenarios = options.days();
        List<ScaleSettings> candidates = Named.chosen(
                "settings",
                options.settings(),
                new Candidates(times, options.deadlineSeconds(), options.inFlight()).all(),
                ScaleSettings::name);
        WorkingFolder folder = WorkingFolder.prepare(options.out(), "scale-sim");
        List<SimulatedDay> days = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            terminal.stage("Simulating " + scenario.name() + " under " + candidates.size() + " settings");
            for (int i = 0; i < candidates.size(); i++) {
                days.add(simulate(scenario, candidates, i, times));
            }
            terminal.done(candidates.size() + " days");
        }
        conclude(new ScaleReport(options, source(), times, days), folder);
    }

    private ServiceTimes times() throws IOException {
        ServiceTimes times =
                options.bench().isPresent() ? BenchFile.read(options.bench().get()) : ServiceTimes.measured();
        return times.faster(options.faster());
    }

    private String source() {
        String source = options.bench()
                .map(Path::toString)
                .orElse("deploy/bench --jobs 60 on two cores of an AMD EPYC with avx512_bf16, no GPU");
        return options.faster() == 1 ? source : source + ", times " + options.faster();
    }

    private SimulatedDay simulate(Scenario scenario, List<ScaleSettings> candidates, int number, ServiceTimes times) {
        ScaleSettings settings = candidates.get(number);
        return new SimulatedDay(
                scenario,
                settings,
                Simulation.run(
                        options.facts(),
                        times,
                        scenario,
                        settings,
                        options.seed(),
                        share -> terminal.progress(
                                (int) (STEPS * (number + share) / candidates.size()),
                                STEPS,
                                "thousandths, " + settings.name())));
    }

    private void conclude(ScaleReport report, WorkingFolder folder) throws IOException {
        terminal.line("");
        report.basis().forEach((name, value) -> terminal.line("  " + name + ": " + value));
        report.table().forEach(terminal::line);
        terminal.line("");
        if (options.json().isPresent()) {
            report.writeJson(options.json().get());
        }
        if (options.csv().isPresent()) {
            report.writeCsv(options.csv().get());
        }
        Path page = options.html().orElse(folder.path().resolve("scale-sim.html"));
        new ScalePage(report).write(page);
        terminal.line("page: " + page);
        terminal.line(report.line());
    }
}
