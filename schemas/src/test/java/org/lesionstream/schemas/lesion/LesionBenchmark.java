package org.lesionstream.schemas.lesion;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.testing.Ellipses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long lesions take to find and measure, warm and in one thread. Run on request only; RATIONALE.md of the module has command and
 * figures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LesionBenchmark {

    private static final Optional<PixelSpacing> SPACING = Optional.of(new PixelSpacing(0.7, 0.4));
    private static final int SLICES = 64;
    private static final int SIDE = 256;

    private final LabelMask crowded = crowded();
    private final byte[] crowdedConfidence = new byte[2048 * 2048];
    private final LabelMask ordinary = ordinary();
    private final byte[] ordinaryConfidence = new byte[512 * 512];
    private final List<LabelMask> volume = ellipsoids();

    @Benchmark
    public List<Region> findTenThousand() {
        return LesionRules.ALL.apply(crowded, SPACING);
    }

    @Benchmark
    public List<LesionStatistics> findAndMeasureTenThousand() {
        return findAndMeasure(crowded, crowdedConfidence);
    }

    @Benchmark
    public List<LesionStatistics> findAndMeasureThree() {
        return findAndMeasure(ordinary, ordinaryConfidence);
    }

    @Benchmark
    public List<VolumeLesion> findAndMeasureTwoInAVolume() {
        VolumeMeasurer measurer = new VolumeMeasurer(
                SLICES, SIDE, SIDE, LesionRules.ALL, Optional.of(new VoxelSpacing(1.5, SPACING.get())));
        for (int slice = 0; slice < SLICES; slice++) {
            measurer.add(slice, volume.get(slice));
        }
        return measurer.lesions();
    }

    private static List<LesionStatistics> findAndMeasure(LabelMask mask, byte[] confidence) {
        return LesionMeasurer.measure(
                LesionRules.ALL.apply(mask, SPACING), mask, confidence, SPACING, Optional.empty());
    }

    /** 100 x 100 ellipses, semi-axes from 1 to 9 pixels, none touching another. */
    private static LabelMask crowded() {
        byte[] labels = new byte[2048 * 2048];
        for (int i = 0; i < 10_000; i++) {
            Ellipses.draw(labels, 2048, 10 + 20 * (i / 100), 10 + 20 * (i % 100), 1 + i % 9, 1 + i / 9 % 9);
        }
        return new LabelMask(2048, 2048, labels);
    }

    private static LabelMask ordinary() {
        byte[] labels = new byte[512 * 512];
        Ellipses.draw(labels, 512, 120, 130, 20, 25);
        Ellipses.draw(labels, 512, 380, 150, 40, 30);
        Ellipses.draw(labels, 512, 250, 380, 60, 50);
        return new LabelMask(512, 512, labels);
    }

    private static List<LabelMask> ellipsoids() {
        return IntStream.range(0, SLICES)
                .mapToObj(slice -> {
                    byte[] labels = new byte[SIDE * SIDE];
                    section(labels, slice - 25, 20, 80, 50, 40);
                    section(labels, slice - 45, 15, 180, 30, 45);
                    return new LabelMask(SIDE, SIDE, labels);
                })
                .toList();
    }

    private static void section(byte[] labels, int slice, int depth, int centre, int height, int width) {
        double scale = Math.sqrt(1 - Math.min(1, (double) slice * slice / (depth * depth)));
        if (scale > 0) {
            Ellipses.draw(labels, SIDE, centre, centre, height * scale, width * scale);
        }
    }
}
