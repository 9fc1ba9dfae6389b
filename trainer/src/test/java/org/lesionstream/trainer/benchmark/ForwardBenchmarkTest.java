package org.lesionstream.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.network.NetworkSpec;

class ForwardBenchmarkTest {

    private static final NetworkSpec NETWORK = NetworkSpec.parse("unet-same:base=2");

    @Test
    void refusesABatchWithoutPixels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForwardBenchmark(NETWORK, 0, 32))
                .withMessage("batch must be positive, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForwardBenchmark(NETWORK, 1, -32))
                .withMessage("size must be positive, was -32");
    }

    @Test
    void refusesABatchThatNoArrayCanHold() {
        // 2^32 pixels: a product of ints would be 0
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForwardBenchmark(NETWORK, 1, 65536).run(1))
                .withMessageContaining("below 2^31, was 12884901888");
    }
}
