package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.ProgressListener;
import org.lesionstream.trainer.training.StepReport;

/** Everybody who is told how a run gets on: the terminal, the curve on disk, the page. */
record RunWatch(List<ProgressListener> listeners) implements ProgressListener {

    RunWatch {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void begins(List<EpochReport> curve, Optional<EpochReport> best) {
        listeners.forEach(listener -> listener.begins(curve, best));
    }

    @Override
    public void stepDone(StepReport step) {
        listeners.forEach(listener -> listener.stepDone(step));
    }

    @Override
    public void epochDone(List<EpochReport> curve, Optional<EpochReport> best) throws IOException {
        for (ProgressListener listener : listeners) {
            listener.epochDone(curve, best);
        }
    }
}
