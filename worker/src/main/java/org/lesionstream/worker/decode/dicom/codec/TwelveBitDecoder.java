package org.lesionstream.worker.decode.dicom.codec;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.DecodeTimer;

/**
 * Extended sequential JPEG of 12 bits (T.81, annex F), which the JDK does not read: Huffman coding and the discrete cosine transform, components of full
 * size, interleaved or in scans of their own. Confined to one thread, for one frame.
 */
final class TwelveBitDecoder {

    private static final int HIGHEST = 4095;
    private static final int MIDDLE = 2048;

    /** Row by row, which coefficient comes as which in a block. */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    /** Sample {@code x} of the wave {@code u}, at {@code 8 * u + x}, scaled so that two passes give the inverse transform. */
    private static final float[] WAVES = waves();

    private final JpegStream stream;
    private final JpegFrame frame;
    private final FrameLayout layout;
    private final Planes planes;
    private final float[] coefficients = new float[64];
    private final float[] columnsDone = new float[64];

    TwelveBitDecoder(JpegStream stream, JpegFrame frame, FrameLayout layout, DecodeTimer timer) {
        frame.checkFullSize();
        this.stream = stream;
        this.frame = frame;
        this.layout = layout;
        this.planes = new Planes(layout, timer);
    }

    byte[] decode() {
        for (JpegScan scan = stream.nextScan(); scan != null; scan = stream.nextScan()) {
            scan(scan.components());
        }
        return planes.complete();
    }

    private void scan(List<JpegScan.Component> components) {
        int blocksAcross = (layout.columns() + 7) / 8;
        int blocksDown = (layout.rows() + 7) / 8;
        Strip[] strips = new Strip[components.size()];
        for (int i = 0; i < strips.length; i++) {
            planes.begin(components.get(i).index());
            strips[i] = new Strip(components.get(i), 8 * blocksAcross);
        }
        JpegBits bits = new JpegBits(stream.bytes(), stream.position());
        int interval = stream.restartInterval();
        int done = 0;
        for (int down = 0; down < blocksDown; down++) {
            for (int across = 0; across < blocksAcross; across++, done++) {
                if (interval > 0 && done > 0 && done % interval == 0) {
                    bits.restart();
                    for (Strip strip : strips) {
                        strip.lastDc = 0;
                    }
                }
                for (Strip strip : strips) {
                    strip.read(bits);
                    transform(strip.samples, 8 * across, 8 * blocksAcross);
                }
            }
            for (Strip strip : strips) {
                for (int i = 0; i < Math.min(8, layout.rows() - 8 * down); i++) {
                    planes.row(strip.index, 8 * down + i, strip.samples, i * 8 * blocksAcross, 0);
                }
            }
        }
        stream.position(bits.position());
    }

    /** Writes the samples of the coefficients that were read. */
    private void transform(int[] samples, int at, int stride) {
        for (int u = 0; u < 8; u++) {
            for (int y = 0; y < 8; y++) {
                float sum = 0;
                for (int v = 0; v < 8; v++) {
                    sum += coefficients[8 * v + u] * WAVES[8 * v + y];
                }
                columnsDone[8 * y + u] = sum;
            }
        }
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                float sum = MIDDLE + 0.5f;
                for (int u = 0; u < 8; u++) {
                    sum += columnsDone[8 * y + u] * WAVES[8 * u + x];
                }
                samples[at + y * stride + x] = Math.max(0, Math.min(HIGHEST, (int) Math.floor(sum)));
            }
        }
    }

    private static float[] waves() {
        float[] waves = new float[64];
        for (int u = 0; u < 8; u++) {
            double scale = u == 0 ? Math.sqrt(0.125) : 0.5;
            for (int x = 0; x < 8; x++) {
                waves[8 * u + x] = (float) (scale * Math.cos((2 * x + 1) * u * Math.PI / 16));
            }
        }
        return waves;
    }

    /** Eight rows of a component. */
    private final class Strip {
        private final int index;
        private final HuffmanTable dc;
        private final HuffmanTable ac;
        private final int[] quantization;
        private final int[] samples;
        private int lastDc;

        Strip(JpegScan.Component component, int stride) {
            this.index = component.index();
            this.dc = stream.dc(component);
            this.ac = stream.ac(component);
            this.quantization = stream.quantization(
                    frame.components().get(component.index()).quantization());
            this.samples = new int[8 * stride];
        }

        /** Reads the coefficients of one block (T.81, F.2.2). */
        void read(JpegBits bits) {
            Arrays.fill(coefficients, 0);
            bits.fill();
            lastDc += bits.difference(dc.read(bits));
            coefficients[0] = (float) lastDc * quantization[0];
            for (int i = 1; i < 64; i++) {
                bits.fill();
                int code = ac.read(bits);
                int size = code & 0xf;
                int zeros = code >> 4;
                if (size == 0) {
                    if (zeros != 15) {
                        return; // nothing but zeros up to the end of the block
                    }
                    i += 15;
                    continue;
                }
                i += zeros;
                if (i > 63) {
                    throw Refusal.damaged("a block of more than 64 coefficients");
                }
                coefficients[ZIGZAG[i]] = (float) bits.difference(size) * quantization[i];
            }
        }
    }
}
