package org.lesionstream.schemas.image;

import java.util.Arrays;

/**
 * Probabilities of a network output, one plane per class: uint8 [maps, height, width], 255 = certain.
 *
 * @param planes owned from here on; nobody writes to it any more
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; nobody compares maps
public record ProbabilityMaps(int maps, int height, int width, byte[] planes) {

    public ProbabilityMaps {
        Checks.positive("maps", maps);
        Checks.positive("height", height);
        Checks.positive("width", width);
        Checks.length("planes", planes, (long) maps * height * width);
        if (maps > 256) {
            throw new IllegalArgumentException("maps must fit a label byte, were " + maps);
        }
    }

    /** See {@link Geometry#decide}. */
    Segmentation decide(int toHeight, int toWidth, double threshold) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must lie between 0 and 1, was " + threshold);
        }
        byte[] labels = new byte[Math.multiplyExact(toHeight, toWidth)];
        byte[] confidence = new byte[labels.length];
        if (maps == 1) {
            float limit = (float) (threshold * 255);
            stretch(0, toHeight, toWidth, (line, start) -> {
                for (int i = 0; i < line.length; i++) {
                    boolean inside = line[i] >= limit;
                    labels[start + i] = (byte) (inside ? 1 : 0);
                    confidence[start + i] = (byte) Math.round(inside ? line[i] : 255 - line[i]);
                }
            });
        } else {
            float[] best = new float[labels.length];
            Arrays.fill(best, -1);
            for (int map = 0; map < maps; map++) {
                byte label = (byte) map;
                stretch(map, toHeight, toWidth, (line, start) -> {
                    for (int i = 0; i < line.length; i++) {
                        if (line[i] > best[start + i]) {
                            best[start + i] = line[i];
                            labels[start + i] = label;
                        }
                    }
                });
            }
            for (int i = 0; i < best.length; i++) {
                confidence[i] = (byte) Math.round(best[i]);
            }
        }
        return new Segmentation(new LabelMask(toHeight, toWidth, labels), confidence);
    }

    private interface LineSink {
        void line(float[] values, int start);
    }

    private void stretch(int map, int toHeight, int toWidth, LineSink sink) {
        int[] row = {0};
        Bilinear.rows(
                planes,
                map * height * width,
                SampleType.UINT8,
                height,
                width,
                1,
                toHeight,
                toWidth,
                values -> sink.line(values, row[0]++ * toWidth));
    }
}
