package org.lesionstream.trainer.evaluation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.data.Sample;

/**
 * Samples in rows and columns as one picture, each with the outlines of its mask in a colour for each class: what a network is shown. Rows are numbered and not named, since the name of a
 * file may tell who a patient is. Large samples are thinned as in {@link Overlay}.
 */
public final class ContactSheet {

    private static final int GAP = 6;
    private static final int MARGIN = 34;
    private static final int PAPER = 0xf4f4f2;
    private static final int INK = 0x30343a;

    /** Of class 1 and on: green, magenta, yellow, cyan, orange, violet; then again from the first. */
    private static final int[] CLASSES = {0x00e05a, 0xff2fd0, 0xffe100, 0x00d5ff, 0xff8a1f, 0x9b7bff};

    /** Digits of 3 x 5 dots, a row in three bits; drawn here because a server may lack fonts. */
    private static final int[][] DIGITS = {
        {7, 5, 5, 5, 7},
        {2, 6, 2, 2, 7},
        {7, 1, 7, 4, 7},
        {7, 1, 7, 1, 7},
        {5, 5, 7, 1, 1},
        {7, 4, 7, 1, 7},
        {7, 4, 7, 5, 7},
        {7, 1, 2, 2, 2},
        {7, 5, 7, 5, 7},
        {7, 5, 7, 1, 7}
    };

    private static final int DOTS_ACROSS = 3;
    private static final int DOT = 2;

    private ContactSheet() {}

    /**
     * Draws and writes a PNG.
     *
     * @param rows each of as many samples, all of one size
     */
    public static void write(List<List<Sample>> rows, Path file) throws IOException {
        if (!ImageIO.write(drawing(rows), "png", file.toFile())) {
            throw new IOException("cannot write " + file);
        }
    }

    static BufferedImage drawing(List<List<Sample>> rows) {
        PixelGrid first = rows.get(0).get(0).image();
        int step = Overlay.step(first);
        int height = thinned(first.height(), step) + GAP;
        int width = thinned(first.width(), step) + GAP;
        int columns = rows.get(0).size();
        BufferedImage sheet =
                new BufferedImage(MARGIN + columns * width, GAP + rows.size() * height, BufferedImage.TYPE_INT_RGB);
        int[] paper = new int[sheet.getWidth()];
        Arrays.fill(paper, PAPER);
        for (int line = 0; line < sheet.getHeight(); line++) {
            sheet.setRGB(0, line, paper.length, 1, paper, 0, 0);
        }
        for (int row = 0; row < rows.size(); row++) {
            int top = GAP + row * height;
            number(sheet, row + 1, top);
            for (int column = 0; column < columns; column++) {
                draw(sheet, rows.get(row).get(column), step, top, MARGIN + column * width);
            }
        }
        return sheet;
    }

    private static void draw(BufferedImage sheet, Sample sample, int step, int top, int left) {
        Outline outline = new Outline(Overlay.thinned(sample.mask(), step));
        for (int row = 0; row < thinned(sample.image().height(), step); row++) {
            for (int column = 0; column < thinned(sample.image().width(), step); column++) {
                int label = outline.label(row, column);
                int colour = label == 0
                        ? Overlay.colour(sample.image(), row * step, column * step)
                        : CLASSES[(label - 1) % CLASSES.length];
                sheet.setRGB(left + column, top + row, colour);
            }
        }
    }

    private static int thinned(int length, int step) {
        return (length + step - 1) / step;
    }

    /** As much of the number as fits into the sheet. */
    private static void number(BufferedImage sheet, int number, int top) {
        int left = GAP;
        for (char digit : Integer.toString(number).toCharArray()) {
            int[] dots = DIGITS[digit - '0'];
            for (int row = 0; row < dots.length * DOT; row++) {
                for (int column = 0; column < DOTS_ACROSS * DOT; column++) {
                    boolean inked = (dots[row / DOT] >> (DOTS_ACROSS - 1 - column / DOT) & 1) == 1;
                    if (inked && top + row < sheet.getHeight() && left + column < MARGIN) {
                        sheet.setRGB(left + column, top + row, INK);
                    }
                }
            }
            left += (DOTS_ACROSS + 1) * DOT;
        }
    }
}
