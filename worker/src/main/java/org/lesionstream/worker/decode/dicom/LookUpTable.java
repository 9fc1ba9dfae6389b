package org.lesionstream.worker.decode.dicom;

import java.util.Arrays;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * A table from stored values to others (PS3.3, C.7.6.3.1.5 and C.11.1.1): values below the first get its entry, those beyond the last the last one.
 *
 * @param first the value that the first entry is for
 * @param bits of an entry, 8 or 16
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
record LookUpTable(int first, int bits, int[] entries) {

    /** @param signed whether stored values are, and so the first one */
    static LookUpTable of(DataSet dataSet, int descriptorTag, int dataTag, boolean signed) {
        LookUpTable form = described(dataSet, descriptorTag, signed);
        Span data = dataSet.value(dataTag).orElseThrow(() -> Refusal.damaged(Tag.text(dataTag) + " is missing"));
        int count = form.entries.length;
        boolean words = data.length() >= 2 * count;
        if (!words && (form.bits > 8 || data.length() < count)) {
            throw Refusal.damaged("a look-up table of " + data.length() + " bytes for " + count + " entries");
        }
        int[] read = numbers(dataSet.source(), data, words);
        return form.with(Arrays.copyOf(read, count));
    }

    /** A table of segments (C.7.9.2), which only palettes have. */
    static LookUpTable ofSegments(DataSet dataSet, int descriptorTag, int dataTag, boolean signed) {
        LookUpTable form = described(dataSet, descriptorTag, signed);
        Span data = dataSet.value(dataTag).orElseThrow(() -> Refusal.damaged(Tag.text(dataTag) + " is missing"));
        int[] segments = numbers(dataSet.source(), data, form.bits > 8);
        return form.with(Segments.expanded(segments, form.bits > 8 ? 2 : 1, form.entries.length));
    }

    int entry(int stored) {
        return entries[Math.max(0, Math.min(entries.length - 1, stored - first))];
    }

    /** An entry in 8 bits. Some writers leave the upper byte of 16 empty. */
    int[] eightBits() {
        boolean narrow = bits == 8 || Arrays.stream(entries).allMatch(entry -> entry <= 0xff);
        return Arrays.stream(entries)
                .map(entry -> narrow ? entry & 0xff : entry >> 8)
                .toArray();
    }

    LookUpTable with(int[] others) {
        return new LookUpTable(first, bits, others);
    }

    private static LookUpTable described(DataSet dataSet, int descriptorTag, boolean signed) {
        Span span = dataSet.value(descriptorTag)
                .filter(value -> value.length() == 6)
                .orElseThrow(() -> Refusal.damaged(Tag.text(descriptorTag) + " is missing"));
        Source source = dataSet.source();
        int count = source.uint16(span.offset());
        int first = source.uint16(span.offset() + 2);
        int bits = source.uint16(span.offset() + 4);
        if (bits < 8 || bits > 16) {
            throw Refusal.damaged("a look-up table of " + bits + " bits");
        }
        return new LookUpTable(
                signed ? (short) first : first, bits > 8 ? 16 : 8, new int[count == 0 ? 1 << 16 : count]);
    }

    private static int[] numbers(Source source, Span data, boolean words) {
        int[] numbers = new int[Math.min(1 << 20, words ? data.length() / 2 : data.length())];
        int turned = source.bigEndian() ? 1 : 0; // bytes of a big-endian file stand in words
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = words
                    ? source.uint16(data.offset() + 2 * i)
                    : source.uint8(data.offset() + Math.min(i ^ turned, data.length() - 1));
        }
        return numbers;
    }
}
