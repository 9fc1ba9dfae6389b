package org.lesionstream.worker.inference;

/** Is told how far one run of a network has come, on the thread that runs it. */
public interface RunSteps {

    /** A run in which nobody is interested. */
    RunSteps UNWATCHED = new RunSteps() {
        @Override
        public void begun() {}

        @Override
        public void ended(Step step) {}
    };

    /** The parts of a run, in their order. */
    enum Step {
        /** The tiles were written to the engine's memory and, on a GPU, sent there. */
        INPUT,
        /** The network has computed its outputs. */
        INFERENCE,
        /** The outputs are Java arrays. */
        OUTPUT
    }

    /** The device is free for the run. */
    void begun();

    /** A step ended, and the next one begins. A run that fails ends no further step. */
    void ended(Step step);
}
