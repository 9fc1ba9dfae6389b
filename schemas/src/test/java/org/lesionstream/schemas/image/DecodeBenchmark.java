package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** How long a square colour picture takes to decode, from the bytes of its file to its samples. Run on request only, see RATIONALE.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

    @Param({"png", "jpeg"})
    private String format;

    @Param({"256", "1024"})
    private int side;

    private byte[] file;

    @Setup
    public void encode() {
        file = Pictures.encode(skin(side), format);
    }

    @Benchmark
    public PixelGrid decode() {
        return PlainDecoder.decode(file, DecodeLimits.DEFAULT);
    }

    /** Slow waves and some noise, which is what photographs of skin are for a compressor: about 2 bytes a pixel as PNG. */
    private static BufferedImage skin(int side) {
        Random random = new Random(1);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    double wave = Math.sin(row / 40.0 + channel) * Math.cos(column / 30.0 - channel);
                    int value = (int) (128 + 60 * wave + 3 * random.nextGaussian());
                    image.getRaster().setSample(column, row, channel, value);
                }
            }
        }
        return image;
    }
}
