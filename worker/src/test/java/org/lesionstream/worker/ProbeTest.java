package org.lesionstream.worker;

import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void runs() {}
}
