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
    private static BufferedImage drawing(PixelGrid image, LabelMask truth, LabelMask predicted) {
        int step = step(image);
        LabelMask there = thinned(truth, step);
        Outline ofTruth = new Outline(there);
        Outline ofPrediction = new Outline(thinned(predicted, step));
        BufferedImage drawing = new BufferedImage(there.width(), there.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < there.height(); row++) {
            for (int column = 0; column < there.width(); column++) {
                boolean isTrue = ofTruth.label(row, column) != 0;
                boolean isPredicted = ofPrediction.label(row, column) != 0;
                int colour = isTrue && isPredicted
                        ? BOTH
                        : isTrue ? TRUTH : isPredicted ? PREDICTION : colour(image, row * step, column * step);
                drawing.setRGB(column, row, colour);
            }
        }
        return drawing;
    }

    /** Every how many pixels of a picture one is drawn. */
    static int step(PixelGrid image) {
        return Math.max(1, (Math.max(image.height(), image.width()) + LONGEST_SIDE - 1) / LONGEST_SIDE);
    }

    /** Every so many pixels of a mask. */
    static LabelMask thinned(LabelMask mask, int step) {
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

    /** A pixel as a screen shows it. */
    static int colour(PixelGrid image, int row, int column) {
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
