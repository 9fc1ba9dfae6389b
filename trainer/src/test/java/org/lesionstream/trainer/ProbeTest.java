package org.lesionstream.trainer;

import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void runs() {}
}
