package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.lesionstream.trainer.benchmark.BenchmarkCase;
import org.lesionstream.trainer.benchmark.Contestant;
import org.lesionstream.trainer.benchmark.Timing;

/**
 * Times of forwards as text: for a single case a line for each contestant, for several a table in Markdown, printed row by row. Below stands one line for
 * each case that programs can read.
 */
final class BenchmarkPrinter {
    private final PrintWriter out;
    private final Set<Contestant> contestants;
    private final int threads;
    private final boolean table;
    private final List<String> lines = new ArrayList<>();

    BenchmarkPrinter(PrintWriter out, Set<Contestant> contestants, int threads, int cases) {
        this.out = out;
        this.contestants = EnumSet.copyOf(contestants);
        this.threads = threads;
        this.table = cases > 1;
    }

    /** One more case, in the order of the table. */
    void add(BenchmarkCase setting, Map<Contestant, Timing> timings) {
        if (table) {
            if (lines.isEmpty()) {
                head();
            }
            row(setting, timings);
        } else {
            timings.forEach((contestant, timing) -> out.printf(
                    Locale.ROOT,
                    "%-12s min %8.1f ms   median %8.1f ms%n",
                    name(contestant),
                    timing.minMillis(),
                    timing.medianMillis()));
        }
        lines.add(line(setting, timings));
        out.flush();
    }

    /** The lines for programs. */
    void end() {
        lines.forEach(out::println);
        out.flush();
    }

    private static String name(Contestant contestant) {
        return switch (contestant) {
            case BLOCK -> "block fp32";
            case FP32 -> "export fp32";
            case BF16 -> "export bf16";
        };
    }

    private void head() {
        StringJoiner names = row();
        StringJoiner rules = row();
        List.of("network", "batch", "size").forEach(names::add);
        List.of("---", "---:", "---:").forEach(rules::add);
        for (Contestant contestant : contestants) {
            names.add(name(contestant) + " images/s");
            rules.add("---:");
        }
        for (Contestant file : files()) {
            names.add(file.text() + " : block");
            rules.add("---:");
        }
        out.println(names);
        out.println(rules);
    }

    private void row(BenchmarkCase setting, Map<Contestant, Timing> timings) {
        StringJoiner row = row();
        row.add(setting.network().toString());
        row.add(Integer.toString(setting.batch()));
        row.add(setting.size());
        timings.values().forEach(timing -> row.add(format("%.2f", timing.imagesPerSecond(setting.batch()))));
        files().forEach(file -> row.add(format("%.2f", ratio(timings, file))));
        out.println(row);
    }

    private static StringJoiner row() {
        return new StringJoiner(" | ", "| ", " |");
    }

    private String line(BenchmarkCase setting, Map<Contestant, Timing> timings) {
        StringJoiner line = new StringJoiner(" ", "benchmark: ", "");
        line.add("network=" + setting.network());
        line.add("batch=" + setting.batch());
        line.add("size=" + setting.size());
        line.add("threads=" + threads);
        timings.forEach((contestant, timing) -> line.add(contestant.text() + format("-ms=%.1f", timing.minMillis())));
        files().forEach(file -> line.add(file.text() + format("-ratio=%.2f", ratio(timings, file))));
        return line.toString();
    }

    /** What is compared with the block, nothing where the block is left out. */
    private Set<Contestant> files() {
        Set<Contestant> files = EnumSet.copyOf(contestants);
        return files.remove(Contestant.BLOCK) ? files : EnumSet.noneOf(Contestant.class);
    }

    private static double ratio(Map<Contestant, Timing> timings, Contestant file) {
        return timings.get(Contestant.BLOCK).minMillis() / timings.get(file).minMillis();
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
