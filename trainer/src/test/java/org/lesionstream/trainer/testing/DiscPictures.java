package org.lesionstream.trainer.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.Sample;

/** Dark discs on bright noise: the smallest pictures from which something can be learnt. */
public final class DiscPictures {

    private DiscPictures() {}

    /** One three-channel picture with one disc and its mask, both from the seed. */
    public static Sample sample(int height, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double radius = Math.min(height, width) * (0.15 + 0.15 * random.nextDouble());
        double row = radius + random.nextDouble() * (height - 2 * radius);
        double column = radius + random.nextDouble() * (width - 2 * radius);
        byte[] samples = new byte[height * width * 3];
        byte[] labels = new byte[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = Math.hypot(y - row, x - column) <= radius;
                labels[y * width + x] = (byte) (inside ? 1 : 0);
                for (int channel = 0; channel < 3; channel++) {
                    samples[(y * width + x) * 3 + channel] = (byte) ((inside ? 60 : 150) + random.nextInt(60));
                }
            }
        }
        return new Sample(
                new PixelGrid(height, width, 3, SampleType.UINT8, samples, Optional.empty()),
                new LabelMask(height, width, labels));
    }

    /** Writes {@code count} pictures to {@code images/} and {@code masks/} of a folder. */
    public static void write(Path images, Path masks, int count, int height, int width, long seed) {
        try {
            Files.createDirectories(images);
            Files.createDirectories(masks);
            for (int number = 0; number < count; number++) {
                Sample sample = sample(height, width, seed + number);
                String name = "disc-%03d.png".formatted(number);
                BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < height * width; pixel++) {
                    picture.setRGB(
                            pixel % width, pixel / width, rgb(sample.image().samples(), pixel * 3));
                }
                ImageIO.write(picture, "png", images.resolve(name).toFile());
                Files.write(masks.resolve(name), MaskPng.encode(sample.mask(), 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rgb(byte[] samples, int index) {
        return ((samples[index] & 0xff) << 16) | ((samples[index + 1] & 0xff) << 8) | (samples[index + 2] & 0xff);
    }
}
