package org.lesionstream.trainer.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * One reading of all files of a data set, for everyone who asks about them before training: {@link DatasetFacts}, {@link DataDigest} and
 * {@link LeakageCheck}.
 *
 * <p>Keeps some hundred bytes for each case and no pixels. Immutable.
 */
public final class DatasetScan {

    private final Map<CaseFiles, CaseContent> contents;

    private DatasetScan(Map<CaseFiles, CaseContent> contents) {
        this.contents = contents;
    }

    /**
     * Reads image and mask of every case once.
     *
     * @param threads that read and decode
     * @param done told in the caller's thread how many cases have been read, in steps of one
     * @throws IllegalArgumentException naming the file when one is no picture or no mask
     */
    public static DatasetScan of(List<CaseFiles> cases, int threads, IntConsumer done) {
        Map<CaseFiles, CaseContent> contents = new HashMap<>();
        PictureFiles pictures = new PictureFiles();
        try (LoadingThreads readers = new LoadingThreads(threads)) {
            List<Future<CaseContent>> begun = new ArrayList<>();
            cases.forEach(files -> begun.add(readers.begin(() -> CaseContent.of(files, pictures))));
            for (int number = 0; number < cases.size(); number++) {
                contents.put(cases.get(number), LoadingThreads.result(begun.get(number)));
                done.accept(number + 1);
            }
        }
        return new DatasetScan(contents);
    }

    CaseContent content(CaseFiles files) {
        CaseContent content = contents.get(files);
        if (content == null) {
            throw new IllegalArgumentException("was not read: " + files);
        }
        return content;
    }
}
