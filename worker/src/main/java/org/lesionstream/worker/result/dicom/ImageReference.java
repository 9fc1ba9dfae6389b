package org.lesionstream.worker.result.dicom;

import java.util.Optional;

/**
 * Names a picture in the archive.
 *
 * @param seriesUid the series that its instance belongs to
 * @param classUid SOP class of the instance
 * @param instanceUid SOP instance UID
 * @param frame the number of the frame, counted from 1; absent where the instance has one picture only
 */
record ImageReference(String seriesUid, String classUid, String instanceUid, Optional<Integer> frame) {

    /** The number of the frame, counted from 1. */
    int frameNumber() {
        return frame.orElse(1);
    }

    /** The instance with all its pictures. */
    ImageReference withoutFrame() {
        return new ImageReference(seriesUid, classUid, instanceUid, Optional.empty());
    }

    /** The instance alone (PS3.3, table 10-11). */
    Elements instance() {
        return new Elements()
                .text(Attribute.REFERENCED_SOP_CLASS_UID, classUid)
                .text(Attribute.REFERENCED_SOP_INSTANCE_UID, instanceUid);
    }

    /** The picture (PS3.3, table 10-3). */
    Elements image() {
        Elements reference = instance();
        frame.ifPresent(number -> reference.number(Attribute.REFERENCED_FRAME_NUMBER, number));
        return reference;
    }

    /** Nothing: UIDs of sources lead to a patient. */
    @Override
    public String toString() {
        return "ImageReference[frame " + frameNumber() + "]";
    }
}
