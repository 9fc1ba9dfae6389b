package org.lesionstream.trainer.training;

import java.io.IOException;
import java.util.Optional;

/** Where a run is kept while it is under way, so that another process can go on with it. */
public interface RunKeeper {

    /** Keeps nothing. */
    RunKeeper NONE = new RunKeeper() {
        @Override
        public Optional<RunSnapshot> begun() {
            return Optional.empty();
        }

        @Override
        public void keep(RunSnapshot snapshot) {}
    };

    /** What was kept last; empty for a run that has not begun. */
    Optional<RunSnapshot> begun() throws IOException;

    /** Keeps the run in place of what was kept before: after a crash one of the two is there, whole. */
    void keep(RunSnapshot snapshot) throws IOException;
}
