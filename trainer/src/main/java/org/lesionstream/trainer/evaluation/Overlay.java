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

/**
 * A picture with two outlines drawn into it, as a data address that a page can hold: the truth in green, the prediction in magenta, both in white. Large
 * pictures are thinned to every second, third or so pixel, so that a page with many of them stays a page.
 */
final class Overlay {

    private static final int TRUTH = 0x00e05a;
    private static final int PREDICTION = 0xff2fd0;
    private static final int BOTH = 0xffffff;
    private static final int LONGEST_SIDE = 640;

    /** Pages show a drawing about this large, so outlines of larger ones must be thicker to be seen. */
    private static final int PIXELS_OF_A_THIN_LINE = 250;

    private Overlay() {}

    /** The {@code data:image/png;base64,...} address of the drawing. */
    static String dataAddress(PixelGrid image, LabelMask truth, LabelMask predicted) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(drawing(image, truth, predicted), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    /** The drawing itself. */
    static BufferedImage drawing(PixelGrid image, LabelMask truth, LabelMask predicted) {
        int step = Math.max(1, (Math.max(image.height(), image.width()) + LONGEST_SIDE - 1) / LONGEST_SIDE);
        LabelMask there = thinned(truth, step);
        LabelMask here = thinned(predicted, step);
        int thickness = 1 + Math.max(there.height(), there.width()) / PIXELS_OF_A_THIN_LINE;
        BufferedImage drawing = new BufferedImage(there.width(), there.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < there.height(); row++) {
            for (int column = 0; column < there.width(); column++) {
                boolean ofTruth = onOutline(there, row, column, thickness);
                boolean ofPrediction = onOutline(here, row, column, thickness);
                int colour = ofTruth && ofPrediction
                        ? BOTH
                        : ofTruth ? TRUTH : ofPrediction ? PREDICTION : colour(image, row * step, column * step);
                drawing.setRGB(column, row, colour);
            }
        }
        return drawing;
    }

    private static LabelMask thinned(LabelMask mask, int step) {
        if (step == 1) {
            return mask;
        }
        int height = (mask.height() + step - 1) / step;
        int width = (mask.width() + step - 1) / step;
        byte[] labels = new byte[height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                labels[row * width + column] = (byte) mask.label(row * step, column * step);
            }
        }
        return new LabelMask(height, width, labels);
    }

    /** A pixel of a region with, at most {@code thickness} away along a row or column, one outside it; the rim of the picture counts as outside. */
    private static boolean onOutline(LabelMask mask, int row, int column, int thickness) {
        int label = mask.label(row, column);
        if (label == 0) {
            return false;
        }
        for (int step = 1; step <= thickness; step++) {
            if (!carries(mask, row - step, column, label)
                    || !carries(mask, row + step, column, label)
                    || !carries(mask, row, column - step, label)
                    || !carries(mask, row, column + step, label)) {
                return true;
            }
        }
        return false;
    }

    private static boolean carries(LabelMask mask, int row, int column, int label) {
        return row >= 0
                && column >= 0
                && row < mask.height()
                && column < mask.width()
                && mask.label(row, column) == label;
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
