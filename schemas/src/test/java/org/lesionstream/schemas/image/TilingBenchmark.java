package org.lesionstream.schemas.image;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a picture of 1024 x 1024 takes to become tiles of 256 x 256, and their answers to become a mask. Run on request only, see RATIONALE.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class TilingBenchmark {

    private static final int SIDE = 1024;

    private final InputSpec spec = InputSpec.tiles(256, 256, 3, 32, 32);
    private final InputSpec stretching = withIntensity(new IntensityRule.Percentiles(1, 99));
    private final InputSpec whole = InputSpec.fit(256, 256, 3);
    private final PixelGrid colour = noise(3, SampleType.UINT8);
    private final PixelGrid grey = noise(1, SampleType.UINT8);
    private final PixelGrid wide = noise(1, SampleType.INT16);
    private final TilePlan plan = Geometry.plan(colour, spec);
    private final TilePlan wholePlan = Geometry.plan(colour, whole);
    private final ByteBuffer tiles = ByteBuffer.allocateDirect(plan.tiles().size() * spec.tileBytes());
    private final List<TileOutput> answers = Collections.nCopies(
            plan.tiles().size(), new TileOutput.Labels(new byte[spec.outputPixels()], new byte[spec.outputPixels()]));
    private final List<TileOutput> oneMap = List.of(probabilities(1));
    private final List<TileOutput> threeMaps = List.of(probabilities(3));

    @Benchmark
    public ByteBuffer cutColour() {
        return cut(colour, spec);
    }

    @Benchmark
    public ByteBuffer cutGreyAsColour() {
        return cut(grey, spec);
    }

    @Benchmark
    public ByteBuffer cutSixteenBitsAsColourOfEight() {
        return cut(wide, spec);
    }

    @Benchmark
    public ByteBuffer cutByPercentiles() {
        return cut(colour, stretching);
    }

    @Benchmark
    public PixelGrid shrinkToOneTile() {
        return Geometry.prepare(colour, whole);
    }

    @Benchmark
    public Segmentation stitch() {
        return Geometry.assemble(plan, answers, 0.5);
    }

    @Benchmark
    public Segmentation stretchOneMap() {
        return Geometry.assemble(wholePlan, oneMap, 0.5);
    }

    @Benchmark
    public Segmentation stretchThreeMaps() {
        return Geometry.assemble(wholePlan, threeMaps, 0.5);
    }

    private ByteBuffer cut(PixelGrid source, InputSpec wanted) {
        PixelGrid prepared = Geometry.prepare(source, wanted);
        for (TilePlan.Tile tile : Geometry.plan(source, wanted).tiles()) {
            Tiler.cut(prepared, tile, tiles, tile.index() * wanted.tileBytes());
        }
        return tiles;
    }

    private InputSpec withIntensity(IntensityRule rule) {
        return new InputSpec(
                spec.height(),
                spec.width(),
                spec.channels(),
                spec.type(),
                spec.geometry(),
                spec.margin(),
                spec.alignment(),
                spec.targetSpacing(),
                rule,
                spec.outputHeight(),
                spec.outputWidth());
    }

    private static PixelGrid noise(int channels, SampleType type) {
        byte[] samples = new byte[SIDE * SIDE * channels * type.bytesPerSample()];
        new Random(2).nextBytes(samples);
        return new PixelGrid(SIDE, SIDE, channels, type, samples, Optional.empty());
    }

    private static TileOutput probabilities(int maps) {
        byte[] planes = new byte[maps * 256 * 256];
        new Random(3).nextBytes(planes);
        return new TileOutput.Probabilities(planes);
    }
}
