package org.lesionstream.local.torture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.lesionstream.local.traffic.JobRecords;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.message.ImageSource;

/** A TIFF that holds a picture on each of its pages, beside that picture: what a worker decodes of a page is what it decodes of the picture. */
final class PagedFile {

    private PagedFile() {}

    /** The file of a picture; made at the first use. */
    static ImageSource of(ImageSource picture) throws IOException {
        Path file = Path.of(picture.uri().orElseThrow());
        Path pages = file.resolveSibling(file.getFileName() + ".pages.tif");
        if (!Files.exists(pages)) {
            write(image(PlainDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT)), pages);
        }
        return JobRecords.atFile(pages);
    }

    private static void write(BufferedImage page, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < TortureJob.PAGES; i++) {
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage image(PixelGrid grid) {
        int type = grid.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(grid.width(), grid.height(), type);
        for (int row = 0; row < grid.height(); row++) {
            for (int column = 0; column < grid.width(); column++) {
                for (int channel = 0; channel < grid.channels(); channel++) {
                    image.getRaster().setSample(column, row, channel, grid.sample(row, column, channel));
                }
            }
        }
        return image;
    }
}
