package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadRoleTest {

    @Test
    void isToldByTheNameThatTheKernelKeeps() {
        assertThat(ThreadRole.of("intake-0")).isEqualTo(ThreadRole.INTAKE);
        assertThat(ThreadRole.of("decode-1")).isEqualTo(ThreadRole.DECODE);
        assertThat(ThreadRole.of("lesion-0")).isEqualTo(ThreadRole.LESION);
        assertThat(ThreadRole.of("delivery-0")).isEqualTo(ThreadRole.DELIVERY);
        assertThat(ThreadRole.of("case-timeout-0")).isEqualTo(ThreadRole.HOUSEKEEPING);
        assertThat(ThreadRole.of("kafka-producer-")).isEqualTo(ThreadRole.KAFKA);
        assertThat(ThreadRole.of("consumer_backgr")).isEqualTo(ThreadRole.KAFKA);
        assertThat(ThreadRole.of("C2 CompilerThre")).isEqualTo(ThreadRole.COMPILER);
        assertThat(ThreadRole.of("GC Thread#0")).isEqualTo(ThreadRole.COLLECTOR);
        assertThat(ThreadRole.of("vert.x-eventloo")).isEqualTo(ThreadRole.HTTP);
        assertThat(ThreadRole.of("agroal-11")).isEqualTo(ThreadRole.OTHER);
    }

    @Test
    void countsThreadsOfTheEngineAsInference() {
        assertThat(ThreadRole.of("start-up")).isEqualTo(ThreadRole.INFERENCE);
        assertThat(ThreadRole.of("inference-0")).isEqualTo(ThreadRole.INFERENCE);
        assertThat(ThreadRole.INFERENCE.isOwnCost()).isFalse();
    }
}
