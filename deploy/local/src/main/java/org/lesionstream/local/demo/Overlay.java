package org.lesionstream.local.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.lesion.LesionShape;

/**
 * A picture with the outlines of two masks on it, at a size at which both can be told apart.
 *
 * <p>The truth is blue, what was found is orange, and where both run together the line is white: colours that people with a colour vision
 * deficiency tell apart too.
 */
final class Overlay {

    static final int TRUTH = 0x1ea7fd;
    static final int FOUND = 0xff8a1e;
    static final int BOTH = 0xffffff;

    private static final int LONGER_SIDE = 256;

    /** How many pixels wide an outline is; it lies inside its region. */
    private static final int LINE = 2;

    private Overlay() {}

    /** The picture scaled to 256 pixels on its longer side, with the outlines in it. All three have one size. */
    static BufferedImage of(BufferedImage picture, LabelMask truth, LabelMask found) {
        double scale = (double) LONGER_SIDE / Math.max(picture.getWidth(), picture.getHeight());
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage overlay = scaled(picture, width, height);
        int[][] wanted = scaled(truth, width, height);
        int[][] got = scaled(found, width, height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                boolean isTruth = onOutline(wanted, row, column);
                boolean isFound = onOutline(got, row, column);
                if (isTruth || isFound) {
                    overlay.setRGB(column, row, isTruth && isFound ? BOTH : isTruth ? TRUTH : FOUND);
                }
            }
        }
        return overlay;
    }

    /** The same with the longest diameter of each lesion as a white line. */
    static BufferedImage of(
            BufferedImage picture, LabelMask truth, LabelMask found, List<LesionShape.DiameterEnds> diameters) {
        BufferedImage overlay = of(picture, truth, found);
        Graphics2D graphics = overlay.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        // Pixel (row, column) of the picture covers half a pixel around its centre.
        graphics.scale(
                (double) overlay.getWidth() / picture.getWidth(), (double) overlay.getHeight() / picture.getHeight());
        graphics.translate(0.5, 0.5);
        graphics.setStroke(new BasicStroke((float) picture.getWidth() / overlay.getWidth()));
        for (LesionShape.DiameterEnds line : diameters) {
            graphics.draw(new Line2D.Double(line.fromColumn(), line.fromRow(), line.toColumn(), line.toRow()));
        }
        graphics.dispose();
        return overlay;
    }

    /** Inside a region and beside something else, or at the border of the picture. */
    private static boolean onOutline(int[][] labels, int row, int column) {
        int label = labels[row][column];
        if (label == 0) {
            return false;
        }
        for (int distance = 1; distance <= LINE; distance++) {
            if (label != at(labels, row - distance, column)
                    || label != at(labels, row + distance, column)
                    || label != at(labels, row, column - distance)
                    || label != at(labels, row, column + distance)) {
                return true;
            }
        }
        return false;
    }

    private static int at(int[][] labels, int row, int column) {
        boolean inside = row >= 0 && row < labels.length && column >= 0 && column < labels[row].length;
        return inside ? labels[row][column] : 0;
    }

    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return target;
    }

    /** By the nearest pixel: labels are names, there is nothing between them. */
    private static int[][] scaled(LabelMask mask, int width, int height) {
        int[][] labels = new int[height][width];
        for (int row = 0; row < height; row++) {
            int sourceRow = Math.min(mask.height() - 1, (int) ((row + 0.5) * mask.height() / height));
            for (int column = 0; column < width; column++) {
                int sourceColumn = Math.min(mask.width() - 1, (int) ((column + 0.5) * mask.width() / width));
                labels[row][column] = mask.label(sourceRow, sourceColumn);
            }
        }
        return labels;
    }
}
