package org.lesionstream.trainer.data;

import java.nio.file.Path;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/**
 * Reads the truth: a mask file to labels.
 *
 * <p>Two codings are understood and told apart by the values: class indices below the number of labels, or black and white (0 and 255, as drawing programs
 * save them) for one foreground label. Anything else is refused, because a grey mask means that somebody interpolated or compressed it.
 */
final class MaskReader {

    private static final int WHITE = 255;

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

    LabelMask read(Path file) {
        PixelGrid grid = files.read(file).withChannels(1);
        if (grid.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("mask " + file + " must have 8 bits per sample");
        }
        byte[] values = grid.samples().clone();
        boolean blackAndWhite = labels == 2 && onlyBlackAndWhite(values);
        for (int pixel = 0; pixel < values.length; pixel++) {
            int value = values[pixel] & 0xff;
            if (blackAndWhite && value == WHITE) {
                values[pixel] = 1;
            } else if (value >= labels) {
                throw new IllegalArgumentException("mask %s must hold labels below %d%s, has %d"
                        .formatted(file, labels, labels == 2 ? " or only 0 and 255" : "", value));
            }
        }
        return new LabelMask(grid.height(), grid.width(), values);
    }

    private static boolean onlyBlackAndWhite(byte[] values) {
        for (byte value : values) {
            if (value != 0 && (value & 0xff) != WHITE) {
                return false;
            }
        }
        return true;
    }
}
