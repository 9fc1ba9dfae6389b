package org.lesionstream.trainer.evaluation;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.lesionstream.trainer.data.Sample;

/**
 * Samples in rows and columns as one picture, each with the outline of its mask: what a network is shown. Rows are numbered and not named, since the name of a file may tell who a patient is.
 */
public final class ContactSheet {

    private static final int GAP = 6;
    private static final int MARGIN = 28;
    private static final Color PAPER = new Color(0xf4f4f2);
    private static final Color INK = new Color(0x30343a);

    private ContactSheet() {}

    /**
     * Draws and writes a PNG.
     *
     * @param rows each of as many samples, all of one size
     */
    public static void write(List<List<Sample>> rows, Path file) throws IOException {
        int height = rows.get(0).get(0).image().height();
        int width = rows.get(0).get(0).image().width();
        int columns = rows.get(0).size();
        BufferedImage sheet = new BufferedImage(
                MARGIN + columns * (width + GAP), GAP + rows.size() * (height + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setColor(PAPER);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        pen.setColor(INK);
        for (int row = 0; row < rows.size(); row++) {
            int top = GAP + row * (height + GAP);
            pen.drawString(Integer.toString(row + 1), GAP, top + 2 * GAP);
            for (int column = 0; column < columns; column++) {
                Sample sample = rows.get(row).get(column);
                pen.drawImage(
                        Overlay.drawing(sample.image(), sample.mask(), sample.mask()),
                        MARGIN + column * (width + GAP),
                        top,
                        null);
            }
        }
        pen.dispose();
        if (!ImageIO.write(sheet, "png", file.toFile())) {
            throw new IOException("cannot write " + file);
        }
    }
}
