package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Masks as PNG: 1-bit grey for one foreground class, else 8-bit with a fixed palette, so that any viewer shows what any program reads.
 *
 * <p>Equal masks give equal bytes for one Java runtime: no time, no text, one filter, one compression level.
 */
public final class MaskPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int GREY = 0;
    private static final int INDEXED = 3;
    private static final int LEVEL = 3; // RATIONALE.md has times and sizes

    private static final VarHandle EIGHT_PIXELS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Times eight bytes of 0 or 1 in a number, this has their bits in its highest byte, the first byte's bit highest: each lands where no other does. */
    private static final long GATHER_BITS = 0x0102_0408_1020_4080L;

    private MaskPng() {}

    /**
     * Encodes a mask.
     *
     * @param classes number of foreground classes, 1 to 255
     * @throws IllegalArgumentException if a label is above {@code classes}
     */
    public static byte[] encode(LabelMask mask, int classes) {
        if (classes < 1 || classes > 255) {
            throw new IllegalArgumentException("classes must be 1 to 255, were " + classes);
        }
        checkLabels(mask.labels(), classes);
        boolean binary = classes == 1;
        ByteArrayOutputStream png = new ByteArrayOutputStream(1024);
        png.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(mask.width())
                .putInt(mask.height())
                .put((byte) (binary ? 1 : 8))
                .put((byte) (binary ? GREY : INDEXED))
                .array(); // the rest is 0: deflate, adaptive filtering, not interlaced
        chunk(png, "IHDR", header, header.length);
        if (!binary) {
            byte[] palette = palette(classes);
            chunk(png, "PLTE", palette, palette.length);
        }
        deflate(png, binary ? bitRows(mask) : byteRows(mask));
        chunk(png, "IEND", new byte[0], 0);
        return png.toByteArray();
    }

    /**
     * The stored numbers of a grey or indexed PNG of up to 8 bits: what {@link #encode} was given; grey value or class index of masks from elsewhere.
     *
     * @throws ImageRefusedException if it is no such PNG
     */
    public static LabelMask decode(byte[] png) {
        if (png.length > 0 && PlainFormat.of(png) != PlainFormat.PNG) {
            throw FileBytes.unsupported("mask must be PNG");
        }
        BufferedImage image = PlainDecoder.read(png, DecodeLimits.DEFAULT);
        if (image.getRaster().getNumBands() != 1 || image.getSampleModel().getSampleSize(0) > 8) {
            throw FileBytes.unsupported("mask must have one channel of at most 8 bits");
        }
        return new LabelMask(image.getHeight(), image.getWidth(), RasterSamples.indices(image.getRaster()));
    }

    private static void checkLabels(byte[] labels, int classes) {
        int i = 0;
        while (i < labels.length) {
            if (i + Long.BYTES <= labels.length && (long) EIGHT_PIXELS.get(labels, i) == 0) {
                i += Long.BYTES; // nothing there, as in most of a mask
                continue;
            }
            int label = labels[i++] & 0xff;
            if (label > classes) {
                throw new IllegalArgumentException("labels must be at most " + classes + ", one was " + label);
            }
        }
    }

    /** Rows of 8 pixels a byte, first pixel in the highest bit, each behind a 0: no filter. */
    private static byte[] bitRows(LabelMask mask) {
        int stride = 1 + (mask.width() + 7) / 8;
        byte[] rows = new byte[Math.multiplyExact(stride, mask.height())];
        byte[] labels = mask.labels();
        for (int r = 0, i = 0; r < mask.height(); r++) {
            int start = r * stride + 1;
            int c = 0;
            for (; c + Long.BYTES <= mask.width(); c += Long.BYTES, i += Long.BYTES) {
                rows[start + (c >> 3)] = (byte) (((long) EIGHT_PIXELS.get(labels, i) * GATHER_BITS) >>> 56);
            }
            for (; c < mask.width(); c++) {
                rows[start + (c >> 3)] |= (byte) (labels[i++] << (7 - (c & 7)));
            }
        }
        return rows;
    }

    private static byte[] byteRows(LabelMask mask) {
        int stride = 1 + mask.width();
        byte[] rows = new byte[Math.multiplyExact(stride, mask.height())];
        for (int r = 0; r < mask.height(); r++) {
            System.arraycopy(mask.labels(), r * mask.width(), rows, r * stride + 1, mask.width());
        }
        return rows;
    }

    private static void deflate(ByteArrayOutputStream png, byte[] rows) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(rows);
            deflater.finish();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                chunk(png, "IDAT", buffer, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        png.writeBytes(name);
        png.write(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** Black for the background, then hues a golden angle apart, so that neighbouring classes look different. */
    private static byte[] palette(int classes) {
        byte[] palette = new byte[3 * (classes + 1)];
        for (int label = 1; label <= classes; label++) {
            double hue = 6 * ((label * 0.6180339887498949) % 1);
            for (int channel = 0; channel < 3; channel++) {
                double distance = Math.abs((hue + 2 * channel) % 6 - 3); // 3 at full strength, 0 opposite
                palette[3 * label + channel] = (byte) Math.round(255 * Math.min(1, Math.max(0, distance - 1)));
            }
        }
        return palette;
    }
}
