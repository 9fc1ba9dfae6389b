package org.lesionstream.schemas;

import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void runs() {}
}
