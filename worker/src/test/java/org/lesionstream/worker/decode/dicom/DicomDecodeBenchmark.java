package org.lesionstream.worker.decode.dicom;

import java.util.concurrent.TimeUnit;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
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

/** How long a slice of 1024 x 1024 values of 16 bits takes, from the bytes of its file to a picture. Run on request only, see RATIONALE.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class DicomDecodeBenchmark {

    @Param({"RAW", "RLE", "JPEG_LOSSLESS", "JPEG_LS"})
    private String slice;

    private byte[] file;

    @Setup
    public void encode() {
        file = LargeSlice.valueOf(slice).file();
    }

    @Benchmark
    public PixelGrid decode() {
        return DicomPicture.read(file, DecodeLimits.DEFAULT).grid(0);
    }
}
