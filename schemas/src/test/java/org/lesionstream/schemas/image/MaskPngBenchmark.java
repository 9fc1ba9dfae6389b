package org.lesionstream.schemas.image;

import java.util.concurrent.TimeUnit;
import org.lesionstream.schemas.testing.Ellipses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a mask of 1024 x 1024 with three lesions takes to become a PNG, and back. Run on request only, see RATIONALE.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskPngBenchmark {

    private static final int SIDE = 1024;

    @Param({"1", "2"})
    private int classes;

    private LabelMask mask;
    private byte[] png;

    @Setup
    public void draw() {
        byte[] labels = new byte[SIDE * SIDE];
        Ellipses.draw(labels, SIDE, 240, 260, 40, 50);
        Ellipses.draw(labels, SIDE, 760, 300, 80, 60);
        Ellipses.draw(labels, SIDE, 500, 760, 120, 100);
        mask = new LabelMask(SIDE, SIDE, labels);
        png = MaskPng.encode(mask, classes);
        System.out.println(png.length + " bytes");
    }

    @Benchmark
    public byte[] encode() {
        return MaskPng.encode(mask, classes);
    }

    @Benchmark
    public LabelMask decode() {
        return MaskPng.decode(png);
    }
}
