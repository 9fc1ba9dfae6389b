package org.lesionstream.worker.decode.dicom.codec;

import java.util.List;
import org.lesionstream.schemas.image.DecodeTimer;

/**
 * Lossless JPEG with Huffman coding (T.81, annex H): 2 to 16 bits, predictors 1 to 7, point transform, restarts, components interleaved or in
 * scans of their own. Confined to one thread, for one frame.
 */
final class LosslessDecoder {

    private static final int LOWER_16_BITS = 0xffff; // differences are taken modulo 65536

    private final JpegStream stream;
    private final JpegFrame frame;
    private final FrameLayout layout;
    private final Planes planes;

    LosslessDecoder(JpegStream stream, JpegFrame frame, FrameLayout layout, DecodeTimer timer) {
        if (frame.precision() < 2 || frame.precision() > 16) {
            throw Refusal.damaged("lossless JPEG of " + frame.precision() + " bits");
        }
        frame.checkFullSize();
        this.stream = stream;
        this.frame = frame;
        this.layout = layout;
        this.planes = new Planes(layout, timer);
    }

    byte[] decode() {
        for (JpegScan scan = stream.nextScan(); scan != null; scan = stream.nextScan()) {
            scan(scan);
        }
        return planes.complete();
    }

    private void scan(JpegScan scan) {
        int predictor = scan.first();
        int shift = scan.transform() & 0xf;
        if (predictor < 1 || predictor > 7 || shift >= frame.precision()) {
            throw Refusal.damaged("lossless JPEG with predictor " + predictor + " and point transform " + shift);
        }
        int interval = stream.restartInterval();
        if (interval % layout.columns() != 0) {
            throw Refusal.unsupported("restarts within a row");
        }
        int rowsBetweenRestarts = interval == 0 ? layout.rows() : interval / layout.columns();
        List<JpegScan.Component> components = scan.components();
        Line[] lines = new Line[components.size()];
        for (int i = 0; i < lines.length; i++) {
            planes.begin(components.get(i).index());
            lines[i] = new Line(stream.dc(components.get(i)), layout.columns());
        }
        JpegBits bits = new JpegBits(stream.bytes(), stream.position());
        int middle = 1 << (frame.precision() - shift - 1);
        for (int row = 0; row < layout.rows(); row++) {
            boolean first = row % rowsBetweenRestarts == 0;
            if (first && row > 0) {
                bits.restart();
            }
            for (Line line : lines) {
                line.begin(first, middle);
            }
            if (lines.length == 1) {
                lines[0].decode(bits, first ? 1 : predictor, 0, layout.columns());
            } else {
                for (int column = 0; column < layout.columns(); column++) {
                    for (Line line : lines) {
                        line.decode(bits, first ? 1 : predictor, column, column + 1);
                    }
                }
            }
            for (int i = 0; i < lines.length; i++) {
                planes.row(components.get(i).index(), row, lines[i].current, 1, shift);
            }
        }
        stream.position(bits.position());
    }

    /** The row of a component that is being decoded, with the one above it; sample {@code i} stands at {@code i + 1}. */
    private static final class Line {
        private final HuffmanTable table;
        private int[] above;
        private int[] current;

        Line(HuffmanTable table, int columns) {
            this.table = table;
            this.above = new int[columns + 1];
            this.current = new int[columns + 1];
        }

        /**
         * Goes on to the next row.
         *
         * <p>Before the first sample stands what it is predicted from: the middle of the range in a first row, else the sample above. Set as
         * neighbour on the left and above left, that is what every predictor gives for equal neighbours.
         */
        void begin(boolean first, int middle) {
            int[] done = current;
            current = above;
            above = done;
            current[0] = first ? middle : above[1];
            above[0] = current[0];
        }

        void decode(JpegBits bits, int predictor, int from, int to) {
            int left = current[from];
            for (int i = from + 1; i <= to; i++) {
                bits.fill();
                int difference = bits.difference(table.read(bits));
                int prediction =
                        switch (predictor) {
                            case 1 -> left;
                            case 2 -> above[i];
                            case 3 -> above[i - 1];
                            case 4 -> left + above[i] - above[i - 1];
                            case 5 -> left + ((above[i] - above[i - 1]) >> 1);
                            case 6 -> above[i] + ((left - above[i - 1]) >> 1);
                            default -> (left + above[i]) >> 1;
                        };
                left = prediction + difference & LOWER_16_BITS;
                current[i] = left;
            }
        }
    }
}
