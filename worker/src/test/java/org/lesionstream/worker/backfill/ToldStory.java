package org.lesionstream.worker.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;

/** Writes down what a run tells. */
final class ToldStory implements BackfillListener {
    final List<String> lines = new ArrayList<>();
    long mostUnsettled;

    @Override
    public void refused(long number, String why) {
        lines.add(number + ": " + why);
    }

    @Override
    public void away(FailureCode code, Duration again) {
        lines.add("away " + code);
    }

    @Override
    public void back(FailureCode code) {
        lines.add("back " + code);
    }

    @Override
    public void moved(BackfillState state) {
        lines.add(state.word());
    }

    @Override
    public void progress(BackfillCounts counts, long open) {
        mostUnsettled = Math.max(mostUnsettled, counts.seen() - counts.settled());
    }
}
