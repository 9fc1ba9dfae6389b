package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.lesionstream.trainer.benchmark.BenchmarkCase;
import org.lesionstream.trainer.benchmark.StepTiming;
import org.lesionstream.trainer.benchmark.StepVariant;

/** Times of steps of training as text: for every case a line for each variant, and one that programs can read. */
final class TrainBenchmarkPrinter {
    private final PrintWriter out;
    private final int threads;

    TrainBenchmarkPrinter(PrintWriter out, int threads) {
        this.out = out;
        this.threads = threads;
    }

    /** One case; ratios are those of least times to fp32 in the order that the engine creates arrays in. */
    void print(BenchmarkCase setting, Map<StepVariant, StepTiming> timings) {
        StringJoiner line = new StringJoiner(" ", "benchmark-train: ", "");
        line.add("network=" + setting.network());
        line.add("batch=" + setting.batch());
        line.add("size=" + setting.size());
        line.add("threads=" + threads);
        double plain = timings.get(StepVariant.CHANNELS_FIRST).step().minMillis();
        timings.forEach((variant, timing) -> {
            out.printf(
                    Locale.ROOT,
                    "%-20s step min %8.1f ms   median %8.1f ms   %7.2f images/s   least: forward %.1f, loss %.1f, backward %.1f, update %.1f%n",
                    variant.text(),
                    timing.step().minMillis(),
                    timing.step().medianMillis(),
                    timing.step().imagesPerSecond(setting.batch()),
                    timing.forward().minMillis(),
                    timing.loss().minMillis(),
                    timing.backward().minMillis(),
                    timing.update().minMillis());
            line.add(String.format(
                    Locale.ROOT, "%s-ms=%.1f", variant.text(), timing.step().minMillis()));
            if (variant != StepVariant.CHANNELS_FIRST) {
                line.add(String.format(
                        Locale.ROOT,
                        "%s-ratio=%.2f",
                        variant.text(),
                        plain / timing.step().minMillis()));
            }
        });
        out.println(line);
        out.flush();
    }
}
