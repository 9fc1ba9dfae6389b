package org.lesionstream.worker.decode.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.Deflater;

/** Writes DICOM for tests: elements in the order of the calls, in any transfer syntax. */
public final class DicomWriter {

    private static final String LONG_FORMS = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";

    private final TransferSyntax syntax;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public DicomWriter(String transferSyntax) {
        this.syntax = TransferSyntax.of(transferSyntax);
    }

    public DicomWriter numbers(int tag, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(syntax.order());
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return element(tag, "US", bytes.array());
    }

    public DicomWriter float64(int tag, double value) {
        return element(
                tag,
                "FD",
                ByteBuffer.allocate(8).order(syntax.order()).putDouble(value).array());
    }

    public DicomWriter text(int tag, String vr, String value) {
        String padded = value.length() % 2 == 0 ? value : value + (vr.equals("UI") ? '\0' : ' ');
        return element(tag, vr, padded.getBytes(ISO_8859_1));
    }

    public DicomWriter element(int tag, String vr, byte[] value) {
        header(tag, vr, value.length);
        out.writeBytes(value);
        return this;
    }

    /** Element header alone, for lengths that do not belong. */
    DicomWriter header(int tag, String vr, long length) {
        tag(tag);
        if (!syntax.explicit()) {
            uint32(length);
        } else if (LONG_FORMS.contains(vr)) {
            out.writeBytes(vr.getBytes(ISO_8859_1));
            uint16(0);
            uint32(length);
        } else {
            out.writeBytes(vr.getBytes(ISO_8859_1));
            uint16((int) length);
        }
        return this;
    }

    /** A sequence whose lengths are given. */
    @SafeVarargs
    public final DicomWriter sequence(int tag, Consumer<DicomWriter>... items) {
        DicomWriter content = like();
        for (Consumer<DicomWriter> item : items) {
            byte[] inside = content(item);
            content.delimiter(Tag.ITEM, inside.length);
            content.out.writeBytes(inside);
        }
        return element(tag, "SQ", content.out.toByteArray());
    }

    /** A sequence of undefined length with items of undefined length. */
    @SafeVarargs
    final DicomWriter openSequence(int tag, String vr, Consumer<DicomWriter>... items) {
        header(tag, vr, 0xffff_ffffL);
        for (Consumer<DicomWriter> item : items) {
            delimiter(Tag.ITEM, 0xffff_ffffL);
            out.writeBytes(content(item));
            delimiter(Tag.ITEM_DELIMITATION, 0);
        }
        return delimiter(Tag.SEQUENCE_DELIMITATION, 0);
    }

    /** Encapsulated pixel data: an offset table, then the fragments. */
    DicomWriter fragments(int[] offsetTable, List<byte[]> fragments) {
        header(Tag.PIXEL_DATA, "OB", 0xffff_ffffL);
        delimiter(Tag.ITEM, 4L * offsetTable.length);
        for (int offset : offsetTable) {
            uint32(offset);
        }
        for (byte[] fragment : fragments) {
            delimiter(Tag.ITEM, fragment.length + fragment.length % 2);
            out.writeBytes(fragment);
            if (fragment.length % 2 == 1) {
                out.write(0);
            }
        }
        return delimiter(Tag.SEQUENCE_DELIMITATION, 0);
    }

    DicomWriter delimiter(int tag, long length) {
        tag(tag);
        uint32(length);
        return this;
    }

    /** The bare data set. */
    public byte[] dataSet() {
        return out.toByteArray();
    }

    /** A file with preamble and meta information. */
    public byte[] file() {
        DicomWriter meta = new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                .element(0x0002_0001, "OB", new byte[] {0, 1})
                .text(Tag.TRANSFER_SYNTAX_UID, "UI", syntax.uid());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(ISO_8859_1));
        file.writeBytes(meta.dataSet());
        file.writeBytes(syntax.deflated() ? deflated(dataSet()) : dataSet());
        return file.toByteArray();
    }

    static ByteOrder order(String transferSyntax) {
        return TransferSyntax.of(transferSyntax).order();
    }

    private byte[] content(Consumer<DicomWriter> item) {
        DicomWriter writer = like();
        item.accept(writer);
        return writer.dataSet();
    }

    private DicomWriter like() {
        return new DicomWriter(syntax.uid());
    }

    private void tag(int tag) {
        uint16(tag >>> 16);
        uint16(tag & 0xffff);
    }

    private void uint16(int value) {
        out.writeBytes(ByteBuffer.allocate(2)
                .order(syntax.order())
                .putShort((short) value)
                .array());
    }

    private void uint32(long value) {
        out.writeBytes(
                ByteBuffer.allocate(4).order(syntax.order()).putInt((int) value).array());
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        while (!deflater.finished()) {
            compressed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return compressed.toByteArray();
    }
}
