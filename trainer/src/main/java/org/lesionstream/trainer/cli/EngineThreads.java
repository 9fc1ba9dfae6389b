package org.lesionstream.trainer.cli;

import com.sun.jna.Function;

/**
 * Lets the engine's idle threads sleep instead of spin.
 *
 * <p>After every operator the threads of its OpenMP pool wait for the next one in a busy loop. Where they have the machine to themselves that saves
 * microseconds; beside any other program they hold the processor that the last of them needs, and every operator waits for that one. The pool reads
 * {@code OMP_WAIT_POLICY} once, when the engine's libraries are loaded, from the environment of the process, which Java cannot change by itself.
 */
final class EngineThreads {

    private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

    private EngineThreads() {}

    /** Call it before the engine is loaded; a policy that the user has set stays. */
    static void sleepWhenIdle() {
        if (System.getenv(WAIT_POLICY) == null) {
            Function.getFunction("c", "setenv").invokeInt(new Object[] {WAIT_POLICY, "PASSIVE", 1});
        }
    }
}
