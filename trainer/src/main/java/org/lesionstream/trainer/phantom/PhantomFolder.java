package org.lesionstream.trainer.phantom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.lesion.ConnectedComponents;
import org.lesionstream.schemas.lesion.Region;

/**
 * Phantoms on disk: {@code images/train}, {@code images/val}, {@code masks/train}, {@code masks/val} with PNG files of equal names, and
 * {@code index.csv}, one line per picture.
 *
 * <p>Masks are 8-bit grey, 0 background and 255 lesion. A volume's slices are {@code case-0007_z03.png}; {@code index.csv} says which
 * pictures belong together (column {@code group}).
 */
public final class PhantomFolder {

    private static final String COLUMNS = "image,mask,split,group,slice,slices,width,height,foreground_px,components_8";

    private final Path folder;

    public PhantomFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes all phantoms of the settings.
     *
     * @param progress told how many pictures are written, after each
     * @throws IllegalArgumentException if there are pictures in the folder already, which would mix with the new ones
     */
    public void write(PhantomSettings settings, IntConsumer progress) throws IOException {
        if (Files.exists(folder.resolve("images")) || Files.exists(folder.resolve("masks"))) {
            throw new IllegalArgumentException("there are pictures already in " + folder);
        }
        PhantomGenerator generator = new PhantomGenerator(settings);
        Files.createDirectories(folder);
        int written = 0;
        try (BufferedWriter index = Files.newBufferedWriter(folder.resolve("index.csv"))) {
            index.write(COLUMNS + "\n");
            for (PhantomCase drawn : generator.cases()) {
                List<Phantom> phantoms = generator.paint(drawn);
                for (int slice = 0; slice < phantoms.size(); slice++) {
                    write(drawn, slice, phantoms.get(slice), index);
                    progress.accept(++written);
                }
            }
        }
    }

    private void write(PhantomCase drawn, int slice, Phantom phantom, BufferedWriter index) throws IOException {
        String split = drawn.validation() ? "val" : "train";
        String name = drawn.name() + (drawn.slices() == 1 ? "" : String.format(Locale.ROOT, "_z%02d", slice)) + ".png";
        String image = "images/" + split + "/" + name;
        String mask = "masks/" + split + "/" + name;
        png(phantom.picture(), folder.resolve(image));
        png(blackAndWhite(phantom.mask()), folder.resolve(mask));
        List<Region> regions = ConnectedComponents.of(phantom.mask());
        index.write(String.join(
                        ",",
                        image,
                        mask,
                        split,
                        drawn.name(),
                        String.valueOf(slice + 1),
                        String.valueOf(drawn.slices()),
                        String.valueOf(phantom.mask().width()),
                        String.valueOf(phantom.mask().height()),
                        String.valueOf(foreground(regions)),
                        String.valueOf(regions.size()))
                + "\n");
    }

    private static void png(PixelGrid picture, Path file) throws IOException {
        boolean grey = picture.channels() == 1;
        BufferedImage image = new BufferedImage(
                picture.width(), picture.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] samples = picture.samples();
        for (int i = 0; i < data.length; i++) {
            data[i] = samples[grey ? i : i + 2 - 2 * (i % 3)]; // red, green, blue to blue, green, red
        }
        Files.createDirectories(file.getParent());
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IllegalStateException("this Java runtime has no PNG writer");
        }
    }

    private static PixelGrid blackAndWhite(LabelMask mask) {
        byte[] samples = new byte[mask.labels().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (mask.labels()[i] == 0 ? 0 : 255);
        }
        return new PixelGrid(mask.height(), mask.width(), 1, SampleType.UINT8, samples, Optional.empty());
    }

    private static long foreground(List<Region> regions) {
        return regions.stream().mapToLong(Region::area).sum();
    }
}
