package org.lesionstream.worker.decode.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.DecodeTimer;

/** RLE lossless (PS3.5, annex G): one segment of PackBits per byte of a sample, the highest byte first. */
final class RleCodec implements PixelCodec {

    private static final String SYNTAX = "1.2.840.10008.1.2.5";
    private static final int HEADER = 64;
    private static final int MOST_SEGMENTS = 15;

    @Override
    public boolean decodes(String transferSyntax) {
        return transferSyntax.equals(SYNTAX);
    }

    @Override
    public byte[] decode(byte[] coded, FrameLayout layout, DecodeLimits limits) {
        DecodeTimer timer = limits.startTimer();
        int segments = layout.samples() * layout.bytesPerSample();
        if (coded.length < HEADER || segments > MOST_SEGMENTS) {
            throw Refusal.damaged("an RLE frame of " + coded.length + " bytes for " + segments + " segments");
        }
        ByteBuffer header = ByteBuffer.wrap(coded).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != segments) {
            throw Refusal.damaged("RLE segments are not " + segments);
        }
        byte[] target = new byte[layout.frameBytes()];
        for (int i = 0; i < segments; i++) {
            timer.check();
            long begin = header.getInt(4 + 4 * i) & 0xffff_ffffL;
            long end = i + 1 < segments ? header.getInt(8 + 4 * i) & 0xffff_ffffL : coded.length;
            if (begin < HEADER || begin > end || end > coded.length) {
                throw Refusal.damaged("RLE segment " + i + " lies outside of its frame");
            }
            int sample = i / layout.bytesPerSample();
            int lowerBytes = layout.bytesPerSample() - 1 - i % layout.bytesPerSample();
            unpack(coded, (int) begin, (int) end, target, sample * layout.bytesPerSample() + lowerBytes, segments);
        }
        return target;
    }

    /** Fills every {@code stride}-th byte of the target from {@code first} on. What a segment holds beyond that is padding. */
    private static void unpack(byte[] coded, int begin, int end, byte[] target, int first, int stride) {
        int from = begin;
        int to = first;
        while (to < target.length) {
            if (from >= end) {
                throw Refusal.damaged("an RLE segment ends early");
            }
            int code = coded[from++];
            int last = Math.min(target.length, to + (1 + (code < 0 ? -code : code)) * stride);
            if (code >= 0) {
                if (end - from <= code) {
                    throw Refusal.damaged("an RLE segment ends early");
                }
                for (int i = from; to < last; to += stride) {
                    target[to] = coded[i++];
                }
                from += code + 1;
            } else if (code != -128) {
                if (from >= end) {
                    throw Refusal.damaged("an RLE segment ends early");
                }
                byte value = coded[from++];
                for (; to < last; to += stride) {
                    target[to] = value;
                }
            }
        }
    }
}
