package org.lesionstream.worker.decode.dicom;

import java.util.List;
import java.util.Optional;

/** Where the attributes of one frame stand: in its own functional group, in those that all frames share, or in the data set itself (PS3.3, C.7.6.16). */
record FrameAttributes(DataSet dataSet, int frame) {

    /** The item of a functional group macro, else the data set. */
    DataSet group(int macro) {
        return ofFrame(macro).or(() -> shared(macro)).orElse(dataSet);
    }

    private Optional<DataSet> ofFrame(int macro) {
        List<DataSet> frames = dataSet.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        return frame < frames.size() ? frames.get(frame).item(macro) : Optional.empty();
    }

    private Optional<DataSet> shared(int macro) {
        return dataSet.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).flatMap(group -> group.item(macro));
    }
}
