package org.lesionstream.worker.decode.dicom.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/**
 * The markers of a JPEG or JPEG-LS frame, in the order they come: tables, frame header, scans. Entropy-coded bytes are read by the bit readers,
 * which begin where a scan header ends and say where they stopped.
 *
 * <p>Confined to one thread, for one frame.
 */
final class JpegStream {

    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int ARITHMETIC_CONDITIONS = 0xcc;
    private static final int FIRST_RESTART = 0xd0;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int QUANTIZATION_TABLES = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int JPEG_LS_PARAMETERS = 0xf8;

    private final byte[] bytes;
    private final int maxScans;
    private final HuffmanTable[] huffman = new HuffmanTable[8]; // DC 0 to 3, AC 0 to 3
    private final int[][] quantization = new int[4][];
    private int position;
    private int scans;
    private int restartInterval;
    private int[] preset = new int[0];
    private JpegFrame frame;

    JpegStream(byte[] bytes, int maxScans) {
        this.bytes = bytes;
        this.maxScans = maxScans;
        if (uint8(0) != 0xff || uint8(1) != START_OF_IMAGE) {
            throw Refusal.damaged("a JPEG frame without start of image");
        }
        position = 2;
    }

    /** Reads up to the frame header and returns it. */
    JpegFrame frame() {
        while (frame == null) {
            int marker = marker();
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw Refusal.damaged("JPEG scan before its frame");
            }
            segment(marker);
        }
        return frame;
    }

    /** Reads up to the next scan header and returns it; null at the end of the image. The position is then that of its coded bytes. */
    JpegScan nextScan() {
        while (true) {
            int marker = marker();
            if (marker == END_OF_IMAGE) {
                return null;
            }
            if (marker == START_OF_SCAN) {
                return scan();
            }
            segment(marker);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** Goes on behind the coded bytes of a scan. */
    void position(int behind) {
        position = behind;
    }

    /** Units between restarts; 0 for none. */
    int restartInterval() {
        return restartInterval;
    }

    /** MAXVAL, T1, T2, T3 and RESET of JPEG-LS; empty where defaults hold. */
    int[] preset() {
        return preset;
    }

    HuffmanTable dc(JpegScan.Component component) {
        return table(component.tables() >> 4 & 3);
    }

    HuffmanTable ac(JpegScan.Component component) {
        return table(4 + (component.tables() & 3));
    }

    int[] quantization(int number) {
        int[] table = quantization[number & 3];
        if (table == null) {
            throw Refusal.damaged("JPEG without a table that it uses");
        }
        return table;
    }

    private HuffmanTable table(int number) {
        if (huffman[number] == null) {
            throw Refusal.damaged("JPEG without a table that it uses");
        }
        return huffman[number];
    }

    /** The next marker; bytes before it are skipped, since writers pad. */
    private int marker() {
        while (true) {
            while (uint8(position) != 0xff) {
                position++;
            }
            int marker = uint8(position + 1);
            if (marker == 0 || marker == 0xff) {
                position++;
                continue;
            }
            position += 2;
            if (marker < FIRST_RESTART || marker > START_OF_IMAGE) {
                return marker;
            }
        }
    }

    private void segment(int marker) {
        int end = segmentEnd();
        int begin = position + 2;
        if (marker == HUFFMAN_TABLES) {
            huffmanTables(begin, end);
        } else if (marker == QUANTIZATION_TABLES) {
            quantizationTables(begin, end);
        } else if (marker == RESTART_INTERVAL) {
            restartInterval = uint16(begin);
        } else if (marker == JPEG_LS_PARAMETERS) {
            parameters(begin, end);
        } else if (marker == ARITHMETIC_CONDITIONS) {
            throw Refusal.unsupported("JPEG with arithmetic coding");
        } else if ((marker & 0xf0) == JpegFrame.BASELINE || marker == JpegFrame.JPEG_LS) {
            frame(marker, begin, end);
        }
        position = end;
    }

    private void frame(int marker, int begin, int end) {
        if (frame != null) {
            throw Refusal.damaged("JPEG with two frames");
        }
        int count = uint8(begin + 5);
        if (count == 0 || begin + 6 + 3 * count > end) {
            throw Refusal.damaged("JPEG frame header of " + count + " components");
        }
        List<JpegFrame.Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = begin + 6 + 3 * i;
            components.add(new JpegFrame.Component(uint8(at), uint8(at + 1), uint8(at + 2)));
        }
        frame = new JpegFrame(marker, uint8(begin), uint16(begin + 1), uint16(begin + 3), List.copyOf(components));
    }

    private JpegScan scan() {
        if (++scans > maxScans) {
            throw new ImageRefusedException(Reason.TOO_MANY_SCANS, "more than " + maxScans);
        }
        int end = segmentEnd();
        int count = uint8(position + 2);
        if (frame == null || count == 0 || position + 3 + 2 * count + 3 > end) {
            throw Refusal.damaged("JPEG scan header of " + count + " components");
        }
        List<JpegScan.Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = position + 3 + 2 * i;
            components.add(new JpegScan.Component(frame.indexOf(uint8(at)), uint8(at + 1)));
        }
        int at = position + 3 + 2 * count;
        position = end;
        return new JpegScan(List.copyOf(components), uint8(at), uint8(at + 1), uint8(at + 2));
    }

    private void huffmanTables(int begin, int end) {
        int at = begin;
        while (at < end) {
            int number = uint8(at);
            if ((number & ~0x13) != 0) {
                throw Refusal.damaged("Huffman table " + number);
            }
            int[] counts = new int[17];
            int total = 0;
            for (int length = 1; length <= 16; length++) {
                counts[length] = uint8(at + length);
                total += counts[length];
            }
            if (at + 17 + total > end) {
                throw Refusal.damaged("a Huffman table ends early");
            }
            byte[] values = Arrays.copyOfRange(bytes, at + 17, at + 17 + total);
            huffman[(number >> 4) * 4 + (number & 3)] = new HuffmanTable(counts, values);
            at += 17 + total;
        }
    }

    private void quantizationTables(int begin, int end) {
        int at = begin;
        while (at < end) {
            int number = uint8(at);
            int size = (number >> 4) == 0 ? 1 : 2;
            if (at + 1 + 64 * size > end) {
                throw Refusal.damaged("a quantization table ends early");
            }
            int[] table = new int[64];
            for (int i = 0; i < 64; i++) {
                table[i] = size == 1 ? uint8(at + 1 + i) : uint16(at + 1 + 2 * i);
            }
            quantization[number & 3] = table;
            at += 1 + 64 * size;
        }
    }

    private void parameters(int begin, int end) {
        if (uint8(begin) != 1 || begin + 11 > end) {
            throw Refusal.unsupported("JPEG-LS with mapping tables or oversize images");
        }
        preset = new int[5];
        for (int i = 0; i < 5; i++) {
            preset[i] = uint16(begin + 1 + 2 * i);
        }
    }

    private int segmentEnd() {
        int length = uint16(position);
        if (length < 2 || length > bytes.length - position) {
            throw Refusal.damaged("a JPEG segment ends early");
        }
        return position + length;
    }

    private int uint8(int at) {
        if (at >= bytes.length) {
            throw Refusal.damaged("JPEG ends early");
        }
        return bytes[at] & 0xff;
    }

    private int uint16(int at) {
        return uint8(at) << 8 | uint8(at + 1);
    }
}
