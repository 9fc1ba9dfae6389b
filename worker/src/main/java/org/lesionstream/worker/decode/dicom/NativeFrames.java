package org.lesionstream.worker.decode.dicom;

import java.util.Arrays;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** Frames of plain samples, one behind the other (PS3.5, 8.1.1 and annex D). */
final class NativeFrames implements FrameSource {

    private final PixelDescription description;
    private final FrameLayout layout;
    private final Source source;
    private final Span pixels;
    private final boolean words;
    private final long frameBits;

    /** @param words whether the value was written in words of 16 bits, whose bytes a big-endian writer turned round */
    NativeFrames(PixelDescription description, Source source, Span pixels, boolean words) {
        this.description = description;
        this.layout = description.layout();
        this.source = source;
        this.pixels = pixels;
        this.words = words;
        this.frameBits = frameBits(description);
        if (description.frames() > 8L * pixels.length() / frameBits) {
            throw Refusal.damaged(pixels.length() + " bytes of pixel data for " + description.frames() + " frames of "
                    + frameBits + " bits");
        }
    }

    private static long frameBits(PixelDescription description) {
        long pixels = (long) description.rows() * description.columns();
        if (description.photometric() == Photometric.YBR_FULL_422) {
            if (description.columns() % 2 != 0 || description.bitsAllocated() != 8) {
                throw Refusal.unsupported("YBR_FULL_422 of " + description.columns() + " columns and "
                        + description.bitsAllocated() + " bits");
            }
            return pixels * 16;
        }
        return pixels * description.photometric().samples() * description.bitsAllocated();
    }

    @Override
    public byte[] frame(int index) {
        if (description.bitsAllocated() == 1) {
            return bits(frameBits * index);
        }
        byte[] frame = bytes(index);
        if (description.photometric() == Photometric.YBR_FULL_422) {
            return everyColumn(frame);
        }
        return description.planar() && layout.samples() > 1 ? interleaved(frame) : frame;
    }

    private byte[] bytes(int index) {
        int length = (int) (frameBits / 8);
        int begin = pixels.offset() + length * index;
        int swapped = swapped();
        if (swapped == 1) {
            return Arrays.copyOfRange(source.array(), begin, begin + length);
        }
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            int from = length * index + i;
            int other = from - from % swapped + swapped - 1 - from % swapped;
            frame[i] = other < pixels.length() ? source.array()[pixels.offset() + other] : 0;
        }
        return frame;
    }

    /** How many bytes stand in the opposite order. */
    private int swapped() {
        if (!source.bigEndian() || !words) {
            return 1;
        }
        return Math.max(2, layout.bytesPerSample());
    }

    /** One bit a pixel, the lowest of a byte first, frames not aligned to bytes. */
    private byte[] bits(long firstBit) {
        byte[] frame = new byte[layout.frameBytes()];
        int turned = words && source.bigEndian() ? 1 : 0;
        for (int i = 0; i < frame.length; i++) {
            long bit = firstBit + i;
            int at = (int) (bit >> 3) ^ turned;
            frame[i] = (byte) (source.uint8(pixels.offset() + at) >> (bit & 7) & 1);
        }
        return frame;
    }

    private byte[] interleaved(byte[] planes) {
        byte[] frame = new byte[planes.length];
        int samples = layout.samples();
        int size = layout.bytesPerSample();
        int plane = layout.pixels() * size;
        for (int k = 0; k < samples; k++) {
            for (int i = 0; i < layout.pixels(); i++) {
                for (int j = 0; j < size; j++) {
                    frame[(i * samples + k) * size + j] = planes[k * plane + i * size + j];
                }
            }
        }
        return frame;
    }

    /** Two luminances and their common colour differences become two pixels. */
    private byte[] everyColumn(byte[] pairs) {
        byte[] frame = new byte[layout.frameBytes()];
        for (int i = 0, to = 0; i < pairs.length; i += 4) {
            for (int k = 0; k < 2; k++) {
                frame[to++] = pairs[i + k];
                frame[to++] = pairs[i + 2];
                frame[to++] = pairs[i + 3];
            }
        }
        return frame;
    }
}
