package org.lesionstream.hostile;

import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged input is refused, or read as something: nothing else is thrown, nothing hangs, and memory stays bounded. A module's test extends it. */
public abstract class HostileInputContract {

    /** Of each sound input of each target. */
    private static final int MUTATIONS = 2000;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.lesionstream.hostile.Targets#all")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
    void survivesDamagedInput(Target target) {
        Mutations.survive(target, MUTATIONS);
    }
}
