package org.lesionstream.trainer.data;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.lesionstream.schemas.image.LabelMask;

/** Reads the truth: a mask file to labels below a known number. White is label 1, which is understood where there is one foreground label only. */
final class MaskReader {

    private final PictureFiles files;
    private final int labels;

    /**
     * @param labels how many labels exist, background included, at least 2
     */
    MaskReader(PictureFiles files, int labels) {
        if (labels < 2) {
            throw new IllegalArgumentException("labels must be at least 2, was " + labels);
        }
        this.files = files;
        this.labels = labels;
    }

    /**
     * Reads a file.
     *
     * @param picture which one of the file, counted from 1; empty where it holds one
     * @throws IllegalArgumentException naming the file when it is no mask or has a label too many
     */
    LabelMask read(Path file, OptionalInt picture) {
        MaskValues mask = MaskValues.of(files.read(file, picture), file);
        if (mask.blackAndWhite() && labels == 2) {
            return new LabelMask(mask.height(), mask.width(), whiteToOne(mask.values()));
        }
        if (mask.blackAndWhite() || mask.highestLabel() >= labels) {
            throw new IllegalArgumentException("mask %s must hold labels below %d%s, has %d"
                    .formatted(
                            file,
                            labels,
                            labels == 2 ? " or only 0 and 255" : "",
                            mask.blackAndWhite() ? 255 : mask.highestLabel()));
        }
        return new LabelMask(mask.height(), mask.width(), mask.values().clone());
    }

    private static byte[] whiteToOne(byte[] values) {
        byte[] ones = new byte[values.length];
        for (int pixel = 0; pixel < values.length; pixel++) {
            ones[pixel] = (byte) (values[pixel] == 0 ? 0 : 1);
        }
        return ones;
    }
}
