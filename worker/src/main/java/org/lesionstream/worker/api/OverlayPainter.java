package org.lesionstream.worker.api;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.lesion.LesionShape.DiameterEnds;

/**
 * A picture with the outlines of a mask on it, for people.
 *
 * <ul>
 *   <li>Large pictures are scaled down by the mean of the pixels that fall together; of their labels the highest stays, so that no
 *       lesion is too small to be seen.
 *   <li>An outline lies inside its region, one pixel wide, two where the overlay is large; each class has its colour.
 *   <li>Diameters are white.
 * </ul>
 */
final class OverlayPainter {
    /** Orange, cyan, magenta, green, yellow, violet, red, blue: for labels 1 to 8, then from the first again. */
    private static final int[] COLOURS = {0xff8a1e, 0x17d4e8, 0xff4fd8, 0x4ce05a, 0xffe02e, 0xa87bff, 0xff4d4d, 0x4d8dff
    };

    private static final int DIAMETER = 0xffffff;
    private static final int WIDE_LINES_FROM = 768;

    private final int sourceHeight;
    private final int sourceWidth;
    private final int height;
    private final int width;

    private OverlayPainter(LabelMask mask, int longerSide) {
        sourceHeight = mask.height();
        sourceWidth = mask.width();
        double scale = Math.min(1, (double) longerSide / Math.max(sourceHeight, sourceWidth));
        height = Math.max(1, (int) Math.round(sourceHeight * scale));
        width = Math.max(1, (int) Math.round(sourceWidth * scale));
    }

    /**
     * Paints an overlay.
     *
     * @param diameters lines in pixels of the picture
     * @param longerSide most pixels of the overlay along its longer side; nothing is scaled up
     * @return a PNG
     * @throws IllegalArgumentException if picture and mask have different sizes
     */
    static byte[] png(PixelGrid picture, LabelMask mask, List<DiameterEnds> diameters, int longerSide) {
        if (picture.height() != mask.height() || picture.width() != mask.width()) {
            throw new IllegalArgumentException("picture and mask must have one size, were " + picture + " and " + mask);
        }
        OverlayPainter painter = new OverlayPainter(mask, longerSide);
        int[] colours = painter.scaled(picture);
        painter.outline(colours, painter.scaled(mask));
        diameters.forEach(line -> painter.draw(colours, line));
        return painter.encoded(colours);
    }

    private int[] scaled(PixelGrid picture) {
        GreyWindow window = GreyWindow.of(picture);
        boolean colour = picture.channels() == 3;
        int[] colours = new int[height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int red = mean(picture, window, row, column, 0);
                int green = colour ? mean(picture, window, row, column, 1) : red;
                int blue = colour ? mean(picture, window, row, column, 2) : red;
                colours[row * width + column] = red << 16 | green << 8 | blue;
            }
        }
        return colours;
    }

    private int mean(PixelGrid picture, GreyWindow window, int row, int column, int channel) {
        long sum = 0;
        long count = 0;
        for (int r = firstRow(row); r < endRow(row); r++) {
            for (int c = firstColumn(column); c < endColumn(column); c++) {
                sum += window.eightBits(picture.sample(r, c, channel));
                count++;
            }
        }
        return (int) ((sum + count / 2) / count);
    }

    private int[] scaled(LabelMask mask) {
        int[] labels = new int[height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int highest = 0;
                for (int r = firstRow(row); r < endRow(row); r++) {
                    for (int c = firstColumn(column); c < endColumn(column); c++) {
                        highest = Math.max(highest, mask.label(r, c));
                    }
                }
                labels[row * width + column] = highest;
            }
        }
        return labels;
    }

    private void outline(int[] colours, int[] labels) {
        int line = Math.max(height, width) >= WIDE_LINES_FROM ? 2 : 1;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int label = labels[row * width + column];
                if (label > 0 && onOutline(labels, row, column, line)) {
                    colours[row * width + column] = COLOURS[(label - 1) % COLOURS.length];
                }
            }
        }
    }

    private boolean onOutline(int[] labels, int row, int column, int line) {
        int label = labels[row * width + column];
        for (int distance = 1; distance <= line; distance++) {
            if (label != at(labels, row - distance, column)
                    || label != at(labels, row + distance, column)
                    || label != at(labels, row, column - distance)
                    || label != at(labels, row, column + distance)) {
                return true;
            }
        }
        return false;
    }

    private int at(int[] labels, int row, int column) {
        return row >= 0 && row < height && column >= 0 && column < width ? labels[row * width + column] : 0;
    }

    /** One dot per step along the longer direction. */
    private void draw(int[] colours, DiameterEnds line) {
        double fromRow = row(line.fromRow());
        double fromColumn = column(line.fromColumn());
        double rows = row(line.toRow()) - fromRow;
        double columns = column(line.toColumn()) - fromColumn;
        int steps = Math.max(1, (int) Math.ceil(Math.max(Math.abs(rows), Math.abs(columns))));
        for (int step = 0; step <= steps; step++) {
            int row = within(fromRow + rows * step / steps, height);
            int column = within(fromColumn + columns * step / steps, width);
            colours[row * width + column] = DIAMETER;
        }
    }

    private static int within(double place, int end) {
        return (int) Math.min(end - 1L, Math.max(0, Math.round(place)));
    }

    private double row(double sourceRow) {
        return (sourceRow + 0.5) * height / sourceHeight - 0.5;
    }

    private double column(double sourceColumn) {
        return (sourceColumn + 0.5) * width / sourceWidth - 0.5;
    }

    private int firstRow(int row) {
        return (int) ((long) row * sourceHeight / height);
    }

    private int endRow(int row) {
        return firstRow(row + 1);
    }

    private int firstColumn(int column) {
        return (int) ((long) column * sourceWidth / width);
    }

    private int endColumn(int column) {
        return firstColumn(column + 1);
    }

    private byte[] encoded(int[] colours) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, colours, 0, width);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes every byte", e);
        }
        return png.toByteArray();
    }
}
