package org.lesionstream.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.network.NetworkSpec;

class ForwardBenchmarkTest {

    private static final NetworkSpec NETWORK = NetworkSpec.parse("unet-same:base=2");

    @Test
    void refusesABatchWithoutPixels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchmarkCase(NETWORK, 0, 32, 32))
                .withMessage("batch must be positive, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchmarkCase(NETWORK, 1, -32, 32))
                .withMessage("height must be positive, was -32");
    }

    @Test
    void refusesABatchThatNoArrayCanHold() {
        // 2^32 pixels: a product of ints would be 0
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchmarkCase(NETWORK, 1, 65536, 65536))
                .withMessageContaining("below 2^31, was 12884901888");
    }

    @Test
    void refusesASizeThatTheNetworkDoesNotTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RandomNetwork.check(new BenchmarkCase(NetworkSpec.parse("unetpp-vgg:base=2"), 1, 40, 32)))
                .withMessageStartingWith("unetpp-vgg:base=2 cannot be run on images of 40 x 32: ")
                .withMessageContaining("multiples of 16");
    }

    @Test
    void timesOnlyWhatIsAskedFor() throws IOException {
        ForwardBenchmark benchmark =
                new ForwardBenchmark(new BenchmarkCase(NETWORK, 2, 32, 48), EnumSet.of(Contestant.FP32));

        assertThat(benchmark.run(3)).containsOnlyKeys(Contestant.FP32).allSatisfy((contestant, timing) -> assertThat(
                        timing.medianMillis())
                .isGreaterThanOrEqualTo(timing.minMillis())
                .isPositive());
    }

    @Test
    void countsImagesAtTheLeastTime() {
        Timing timing = Timing.of(List.of(30.0, 20.0, 40.0));

        assertThat(timing).isEqualTo(new Timing(20, 30));
        assertThat(timing.imagesPerSecond(4)).isEqualTo(200);
    }
}
