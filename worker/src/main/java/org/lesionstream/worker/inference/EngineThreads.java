package org.lesionstream.worker.inference;

import com.sun.jna.Function;

/**
 * Lets the engine's idle threads sleep instead of spin.
 *
 * <p>The engine's OpenMP threads wait for the next operator in a busy loop and so take the processors that decode, lesion and delivery need. The pool
 * reads {@code OMP_WAIT_POLICY} once, when the engine's libraries are loaded, from the environment of the process, which Java cannot change by itself.
 */
final class EngineThreads {
    private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

    private EngineThreads() {}

    /** Call it before the engine is loaded; a policy that the operator has set stays. */
    static void sleepWhenIdle() {
        if (System.getenv(WAIT_POLICY) == null) {
            Function.getFunction("c", "setenv").invokeInt(new Object[] {WAIT_POLICY, "PASSIVE", 1});
        }
    }
}
