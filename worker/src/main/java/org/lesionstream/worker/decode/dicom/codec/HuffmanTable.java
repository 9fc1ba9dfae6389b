package org.lesionstream.worker.decode.dicom.codec;

/** A Huffman code of JPEG (T.81, annex C): codes of one length are consecutive numbers, shorter ones come first. Immutable. */
final class HuffmanTable {

    private static final int LOOK = 10; // most codes are shorter

    private final short[] quick = new short[1 << LOOK]; // length << 8 | value; 0 where the code is longer
    private final int[] behind = new int[18]; // first code of 16 bits that is not of this length or shorter
    private final int[] valueOffset = new int[17];
    private final byte[] values;

    /**
     * Builds a code.
     *
     * @param counts how many codes have a length, by length, 1 to 16
     * @param values by code
     */
    HuffmanTable(int[] counts, byte[] values) {
        this.values = values;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++) {
            valueOffset[length] = index - code;
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                if (code >= 1 << length) {
                    throw Refusal.damaged("a Huffman table has too many codes");
                }
                if (length <= LOOK) {
                    int first = code << (LOOK - length);
                    for (int j = 0; j < 1 << (LOOK - length); j++) {
                        quick[first + j] = (short) (length << 8 | (values[index] & 0xff));
                    }
                }
            }
            behind[length] = code << (16 - length);
            code <<= 1;
        }
        behind[17] = Integer.MAX_VALUE;
    }

    /** Reads one code from bits of which at least 16 are in the buffer, or all that are left. */
    int read(JpegBits bits) {
        int next = bits.peek16();
        int entry = quick[next >> (16 - LOOK)];
        if (entry != 0) {
            bits.skip(entry >> 8);
            return entry & 0xff;
        }
        int length = LOOK + 1;
        while (length <= 16 && next >= behind[length]) {
            length++;
        }
        if (length > 16) {
            throw Refusal.damaged("a Huffman code that its table lacks");
        }
        bits.skip(length);
        int index = (next >> (16 - length)) + valueOffset[length];
        if (index < 0 || index >= values.length) {
            throw Refusal.damaged("a Huffman code that its table lacks");
        }
        return values[index] & 0xff;
    }
}
