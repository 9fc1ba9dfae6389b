package org.lesionstream.trainer.phantom;

import java.util.Optional;
import java.util.Random;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/**
 * Paints the slices of a scene: tissue, lesions, distractors, noise, in this order. The mask is decided at the outline itself, before anything
 * is softened or covered.
 *
 * <p>Confined to one thread.
 */
final class PhantomPainter {

    /** How much of a contrast each colour shows: melanin swallows blue most, red least. */
    private static final double[] COLOUR_CONTRAST = {0.75, 1.0, 1.1};

    /** Brightness of each colour of the tissue. */
    private static final double[] COLOUR_TINT = {1.15, 0.95, 0.9};

    private final int size;
    private final int channels;
    private final Scene scene;
    private final double[] light; // [size, size], 0 black to 1 white
    private final double[] shade; // what lesions and hairs take away

    PhantomPainter(int size, int channels, Scene scene) {
        this.size = size;
        this.channels = channels;
        this.scene = scene;
        this.light = new double[size * size];
        this.shade = new double[size * size];
    }

    Phantom paint(int slice, Random random) {
        byte[] labels = new byte[size * size];
        paintTissue(slice);
        for (Lesion lesion : scene.lesions()) {
            if (lesion.scale(slice) > 0) {
                paintLesion(lesion, lesion.crossSection(slice), labels);
            }
        }
        scene.hairs().forEach(this::paintHair);
        byte[] samples = samples(random);
        speckle(samples, random);
        PixelGrid picture = new PixelGrid(size, size, channels, SampleType.UINT8, samples, Optional.empty());
        return new Phantom(picture, new LabelMask(size, size, labels));
    }

    /** The texture drifts a little from slice to slice. */
    private void paintTissue(int slice) {
        for (int r = 0, i = 0; r < size; r++) {
            for (int c = 0; c < size; c++, i++) {
                double value = scene.level()
                        + scene.slopeDown() * ((double) r / size - 0.5)
                        + scene.slopeAcross() * ((double) c / size - 0.5)
                        + scene.textureStrength() * scene.texture().at(r + 2.0 * slice, c - 1.5 * slice);
                for (Scene.Spot spot : scene.spots()) {
                    double down = (r - spot.row()) / spot.radius();
                    double across = (c - spot.column()) / spot.radius();
                    value += spot.strength() * StrictMath.exp(-2 * (down * down + across * across));
                }
                light[i] = value;
                shade[i] = 0;
            }
        }
    }

    private void paintLesion(Lesion lesion, Outline outline, byte[] labels) {
        double reach = outline.reach() + lesion.softness();
        int lastRow = Math.min(size - 1, (int) (lesion.row() + reach));
        int lastColumn = Math.min(size - 1, (int) (lesion.column() + reach));
        for (int r = Math.max(0, (int) (lesion.row() - reach)); r <= lastRow; r++) {
            for (int c = Math.max(0, (int) (lesion.column() - reach)); c <= lastColumn; c++) {
                double down = r - lesion.row();
                double across = c - lesion.column();
                double inside = outline.distance(StrictMath.atan2(down, across))
                        - StrictMath.sqrt(down * down + across * across);
                int i = r * size + c;
                if (inside >= 0) {
                    labels[i] = 1;
                }
                double fade = Math.min(1, Math.max(0, 0.5 + inside / lesion.softness()));
                double mottled =
                        1 + 2 * scene.textureStrength() * scene.texture().at(2.5 * r, 2.5 * c);
                shade[i] = Math.max(shade[i], lesion.contrast() * fade * mottled);
            }
        }
    }

    private void paintHair(Scene.Hair hair) {
        int steps = 4 * size;
        int reach = (int) Math.ceil(3 * hair.width());
        for (int step = 0; step <= steps; step++) {
            double t = (double) step / steps;
            double row = bezier(hair.rows(), t);
            double column = bezier(hair.columns(), t);
            for (int r = Math.max(0, (int) row - reach); r <= Math.min(size - 1, (int) row + reach); r++) {
                for (int c = Math.max(0, (int) column - reach); c <= Math.min(size - 1, (int) column + reach); c++) {
                    double away = ((r - row) * (r - row) + (c - column) * (c - column)) / (hair.width() * hair.width());
                    int i = r * size + c;
                    shade[i] = Math.max(shade[i], hair.strength() * StrictMath.exp(-away / 2));
                }
            }
        }
    }

    private static double bezier(double[] points, double t) {
        double back = 1 - t;
        return back * back * points[0] + 2 * back * t * points[1] + t * t * points[2];
    }

    private byte[] samples(Random random) {
        byte[] samples = new byte[size * size * channels];
        for (int i = 0; i < light.length; i++) {
            for (int k = 0; k < channels; k++) {
                double value =
                        channels == 1 ? light[i] - shade[i] : light[i] * COLOUR_TINT[k] - shade[i] * COLOUR_CONTRAST[k];
                value += scene.grain() * random.nextGaussian();
                samples[i * channels + k] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
            }
        }
        return samples;
    }

    private void speckle(byte[] samples, Random random) {
        for (int left = scene.speckles(); left > 0; left--) {
            int pixel = random.nextInt(size * size);
            byte value = (byte) (random.nextBoolean() ? random.nextInt(60) : 255 - random.nextInt(60));
            for (int k = 0; k < channels; k++) {
                samples[pixel * channels + k] = value;
            }
        }
    }
}
