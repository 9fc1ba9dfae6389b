package org.lesionstream.worker.sink;

import java.util.List;
import org.lesionstream.worker.failure.SegmentationException;

/** Takes files with results. The same files may come again, and take the place of those before. */
public interface ResultSink {

    /** Whether files of a type have a place there. */
    boolean takes(String mediaType);

    /**
     * Stores all of the files.
     *
     * @param folder a name for the case and its checkpoint, where files have folders; empty for none
     * @param files in the order in which they refer to each other, what is referred to first
     * @throws SegmentationException {@code RESULT_SINK_UNAVAILABLE} if a later attempt may succeed without anything being changed in the files,
     *     {@code RESULT_SINK_REFUSED} if these files are not accepted
     */
    void put(String folder, List<ResultFile> files);
}
