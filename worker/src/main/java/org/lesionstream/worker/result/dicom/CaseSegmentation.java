package org.lesionstream.worker.result.dicom;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.Identifier;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * What one checkpoint found in the pictures of a case, or in one picture: slices of a series, frames of an object, a photograph.
 *
 * @param workId the job or case; not written, but every UID depends on it
 * @param checkpoint what made the masks
 * @param classes those of the checkpoint, labels from 1 without a gap
 * @param images by ascending number; all of one size and of one study
 * @param volumeLesions the lesions of the case as a volume, whose slice n is image n + 1. Where they are given, they are reported instead of those
 *     of the single images
 */
public record CaseSegmentation(
        String workId,
        CheckpointIdentity checkpoint,
        List<ReportedClass> classes,
        List<SegmentedImage> images,
        Optional<List<VolumeLesion>> volumeLesions) {

    /**
     * Checks that it is one case.
     *
     * @throws IllegalArgumentException if masks, lesions and classes do not belong together
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the images are of several studies or sizes: one object cannot hold those
     */
    public CaseSegmentation {
        Matcher id = Identifier.PATTERN.matcher(workId);
        if (!id.matches()) {
            throw new IllegalArgumentException("workId must be an identifier, had " + workId.length() + " characters");
        }
        classes = List.copyOf(classes);
        images = List.copyOf(images);
        volumeLesions = volumeLesions.map(List::copyOf);
        if (classes.isEmpty() || images.isEmpty()) {
            throw new IllegalArgumentException("classes and images must not be empty");
        }
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).label() != i + 1) {
                throw new IllegalArgumentException(
                        "labels must count from 1, was " + classes.get(i).label() + " at " + (i + 1));
            }
        }
        SegmentedImage first = images.get(0);
        int before = 0;
        for (SegmentedImage each : images) {
            if (each.image() <= before) {
                throw new IllegalArgumentException("images must ascend, was " + each.image() + " after " + before);
            }
            before = each.image();
            checkLabels(each, classes.size());
            if (!each.instance().studyUid().equals(first.instance().studyUid())) {
                throw Refusal.unsupported("images of several studies");
            }
            if (each.mask().height() != first.mask().height()
                    || each.mask().width() != first.mask().width()) {
                throw Refusal.unsupported("images of several sizes");
            }
        }
        for (VolumeLesion lesion : volumeLesions.orElse(List.of())) {
            checkLabel(lesion.label(), classes.size());
        }
    }

    /** The class with that label. */
    ReportedClass labelled(int label) {
        return classes.get(label - 1);
    }

    /** Rows of every picture. */
    int rows() {
        return images.get(0).mask().height();
    }

    /** Columns of every picture. */
    int columns() {
        return images.get(0).mask().width();
    }

    /** Name and version of the checkpoint. */
    String program() {
        return checkpoint.name() + "@" + checkpoint.version();
    }

    private static void checkLabels(SegmentedImage image, int highest) {
        for (byte label : image.mask().labels()) {
            if ((label & 0xff) > highest) {
                throw new IllegalArgumentException("masks must hold labels up to " + highest + ", held "
                        + (label & 0xff) + " in image " + image.image());
            }
        }
        for (LesionStatistics lesion : image.lesions()) {
            checkLabel(lesion.label(), highest);
        }
    }

    private static void checkLabel(int label, int highest) {
        if (label > highest) {
            throw new IllegalArgumentException("lesions must have labels up to " + highest + ", was " + label);
        }
    }
}
