package org.lesionstream.trainer.export;

import java.util.List;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;

/**
 * What a file said about some tiles: labels and certainties, pixel by pixel.
 *
 * @param labels one byte per pixel of all tiles
 * @param probabilities for each pixel the bytes that the file gave: its confidence, or one probability for each map
 */
@SuppressWarnings("ArrayRecordComponent") // compared in place, never as values
public record Answers(byte[] labels, byte[][] probabilities) {

    /** Reads the outputs of a serving graph, one byte array each, for one batch of {@code tiles} tiles. */
    public static Answers of(OutputSpec output, List<byte[]> outputs, int tiles) {
        return output.kind() == OutputKind.LABELS
                ? new Answers(outputs.get(0), new byte[][] {outputs.get(1)})
                : decided(output, outputs.get(0), tiles);
    }

    private static Answers decided(OutputSpec output, byte[] planes, int tiles) {
        int maps = output.maps();
        int area = planes.length / tiles / maps;
        byte[] labels = new byte[tiles * area];
        byte[][] probabilities = new byte[maps][tiles * area];
        for (int tile = 0; tile < tiles; tile++) {
            for (int map = 0; map < maps; map++) {
                System.arraycopy(planes, (tile * maps + map) * area, probabilities[map], tile * area, area);
            }
        }
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = maps == 1
                    ? (byte) ((probabilities[0][pixel] & 0xff) >= output.threshold() * 255 ? 1 : 0)
                    : mostProbable(probabilities, pixel);
        }
        return new Answers(labels, probabilities);
    }

    private static byte mostProbable(byte[][] probabilities, int pixel) {
        int best = 0;
        for (int map = 1; map < probabilities.length; map++) {
            if ((probabilities[map][pixel] & 0xff) > (probabilities[best][pixel] & 0xff)) {
                best = map;
            }
        }
        return (byte) best;
    }

    /** Share of pixels with another label, and the Dice coefficient of the foregrounds (1 where both are empty). */
    Drift driftFrom(Answers reference) {
        long different = 0;
        long foreground = 0;
        long common = 0;
        for (int pixel = 0; pixel < labels.length; pixel++) {
            boolean here = labels[pixel] != 0;
            boolean there = reference.labels[pixel] != 0;
            different += labels[pixel] == reference.labels[pixel] ? 0 : 1;
            foreground += (here ? 1 : 0) + (there ? 1 : 0);
            common += here && labels[pixel] == reference.labels[pixel] ? 1 : 0;
        }
        return new Drift((double) different / labels.length, foreground == 0 ? 1 : 2.0 * common / foreground);
    }
}
