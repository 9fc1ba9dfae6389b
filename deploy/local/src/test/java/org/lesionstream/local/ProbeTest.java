package org.lesionstream.local;

import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void runs() {}
}
