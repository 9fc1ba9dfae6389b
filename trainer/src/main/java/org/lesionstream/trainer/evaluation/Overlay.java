package org.lesionstream.trainer.evaluation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/** A picture with two outlines drawn into it, as a data address that a page can hold: the truth in green, the prediction in magenta, both in white. */
final class Overlay {

    private static final int TRUTH = 0x00e05a;
    private static final int PREDICTION = 0xff2fd0;
    private static final int BOTH = 0xffffff;

    private Overlay() {}

    /** The {@code data:image/png;base64,...} address of the drawing. */
    static String dataAddress(PixelGrid image, LabelMask truth, LabelMask predicted) {
        BufferedImage drawing = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                boolean there = onOutline(truth, row, column);
                boolean here = onOutline(predicted, row, column);
                int colour = there && here ? BOTH : there ? TRUTH : here ? PREDICTION : colour(image, row, column);
                drawing.setRGB(column, row, colour);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(drawing, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    /** A pixel of a region with a neighbour outside it; the rim of the picture counts as outside. */
    private static boolean onOutline(LabelMask mask, int row, int column) {
        int label = mask.label(row, column);
        return label > 0
                && (row == 0
                        || column == 0
                        || row == mask.height() - 1
                        || column == mask.width() - 1
                        || mask.label(row - 1, column) != label
                        || mask.label(row + 1, column) != label
                        || mask.label(row, column - 1) != label
                        || mask.label(row, column + 1) != label);
    }

    private static int colour(PixelGrid image, int row, int column) {
        int red = level(image, row, column, 0);
        if (image.channels() < 3) {
            return red << 16 | red << 8 | red;
        }
        return red << 16 | level(image, row, column, 1) << 8 | level(image, row, column, 2);
    }

    private static int level(PixelGrid image, int row, int column, int channel) {
        int sample = image.sample(row, column, channel);
        return image.type() == SampleType.UINT8
                ? sample
                : (sample - image.type().lowest()) >> 8;
    }
}
