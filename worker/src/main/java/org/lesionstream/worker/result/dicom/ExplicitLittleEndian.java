package org.lesionstream.worker.result.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lesionstream.worker.decode.dicom.Tag;
import org.lesionstream.worker.decode.dicom.Vr;

/**
 * Writes data sets in the transfer syntax Explicit VR Little Endian (PS3.5, annex A.2).
 *
 * <ul>
 *   <li>Sequences and items have their lengths stated, values are padded to even lengths: UIDs and bytes with zeros, text with blanks.
 *   <li>Equal data sets give equal bytes.
 * </ul>
 */
final class ExplicitLittleEndian {

    static final String UID = "1.2.840.10008.1.2.1";

    private static final long LONGEST = 0xffff_fffeL;
    private static final int LONGEST_SHORT = 0xfffe;

    private final Charset words;
    private final ByteArrayOutputStream out;

    private ExplicitLittleEndian(Charset words, int expectedBytes) {
        this.words = words;
        this.out = new ByteArrayOutputStream(expectedBytes);
    }

    /**
     * The bytes of a data set.
     *
     * @param words character set of its text; what that lacks becomes a question mark
     * @param expectedBytes about how many there will be
     */
    static byte[] bytes(Elements elements, Charset words, int expectedBytes) {
        ExplicitLittleEndian writer = new ExplicitLittleEndian(words, expectedBytes);
        elements.values().forEach(writer::element);
        return writer.out.toByteArray();
    }

    private void element(Attribute attribute, Elements.Value value) {
        byte[] bytes = encoded(value);
        long even = bytes.length + bytes.length % 2L;
        int vr = Vr.code(attribute.vr());
        boolean isShort = Vr.shortLength(vr);
        if (even > (isShort ? LONGEST_SHORT : LONGEST)) {
            throw new IllegalArgumentException(attribute + " must fit its length, had " + bytes.length + " bytes");
        }
        tag(attribute.tag());
        out.write(vr >> 8);
        out.write(vr & 0xff);
        if (isShort) {
            uint16((int) even);
        } else {
            uint16(0);
            uint32(even);
        }
        out.writeBytes(bytes);
        if (even > bytes.length) {
            boolean blank =
                    value instanceof Elements.Value.Text && !attribute.vr().equals("UI");
            out.write(blank ? ' ' : 0);
        }
    }

    private byte[] encoded(Elements.Value value) {
        if (value instanceof Elements.Value.Text text) {
            return text.characters().getBytes(words);
        }
        if (value instanceof Elements.Value.Items sequence) {
            return items(sequence.items());
        }
        return ((Elements.Value.Bytes) value).bytes();
    }

    private byte[] items(List<Elements> items) {
        ExplicitLittleEndian inner = new ExplicitLittleEndian(words, 256);
        for (Elements item : items) {
            byte[] bytes = bytes(item, words, 256);
            inner.tag(Tag.ITEM);
            inner.uint32(bytes.length);
            inner.out.writeBytes(bytes);
        }
        return inner.out.toByteArray();
    }

    private void tag(int tag) {
        uint16(tag >>> 16);
        uint16(tag & 0xffff);
    }

    private void uint16(int number) {
        out.write(number);
        out.write(number >> 8);
    }

    private void uint32(long number) {
        uint16((int) number);
        uint16((int) (number >> 16));
    }

    /** The characters that every value representation but text may hold. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
