package org.lesionstream.worker.decode.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes RLE frames for tests, with runs, literals and idle codes. */
public final class RleEncoder {

    private RleEncoder() {}

    public static byte[] encode(byte[] frame, FrameLayout layout) {
        List<byte[]> segments = new ArrayList<>();
        int stride = layout.samples() * layout.bytesPerSample();
        for (int sample = 0; sample < layout.samples(); sample++) {
            for (int higher = layout.bytesPerSample() - 1; higher >= 0; higher--) {
                byte[] plane = new byte[layout.pixels()];
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = frame[i * stride + sample * layout.bytesPerSample() + higher];
                }
                segments.add(packed(plane));
            }
        }
        int total = 64 + segments.stream().mapToInt(segment -> segment.length).sum();
        ByteBuffer coded = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        coded.putInt(segments.size());
        int offset = 64;
        for (byte[] segment : segments) {
            coded.putInt(offset);
            offset += segment.length;
        }
        coded.position(64);
        segments.forEach(coded::put);
        return coded.array();
    }

    private static byte[] packed(byte[] plane) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(-128); // does nothing
        int at = 0;
        while (at < plane.length) {
            int run = 1;
            while (run < 128 && at + run < plane.length && plane[at + run] == plane[at]) {
                run++;
            }
            if (run > 1) {
                out.write(1 - run);
                out.write(plane[at]);
                at += run;
                continue;
            }
            int literal = 1;
            while (literal < 128
                    && at + literal < plane.length
                    && (at + literal + 1 == plane.length || plane[at + literal] != plane[at + literal + 1])) {
                literal++;
            }
            out.write(literal - 1);
            out.write(plane, at, literal);
            at += literal;
        }
        if (out.size() % 2 == 1) {
            out.write(0);
        }
        return out.toByteArray();
    }
}
