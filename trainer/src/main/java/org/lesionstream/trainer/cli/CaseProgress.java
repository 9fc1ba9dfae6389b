package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lesionstream.trainer.data.CaseFiles;

/** Goes through cases one by one with a bar on a terminal; elsewhere it is silent. */
final class CaseProgress {
    private final ProgressBar bar;

    CaseProgress(PrintWriter err, boolean terminal) {
        this.bar = new ProgressBar(err, terminal);
    }

    /** What the work makes of every case, split by split, in the order given. */
    <T> Map<String, List<T>> each(Map<String, List<CaseFiles>> splits, Function<CaseFiles, T> work) {
        int all = splits.values().stream().mapToInt(List::size).sum();
        int done = 0;
        Map<String, List<T>> results = new LinkedHashMap<>();
        for (Map.Entry<String, List<CaseFiles>> split : splits.entrySet()) {
            List<T> ofSplit = new ArrayList<>();
            for (CaseFiles files : split.getValue()) {
                bar.draw((double) done / all, "picture " + (done + 1) + " of " + all);
                ofSplit.add(work.apply(files));
                done++;
            }
            results.put(split.getKey(), ofSplit);
        }
        bar.clear();
        return results;
    }
}
