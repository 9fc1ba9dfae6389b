package org.lesionstream.schemas.image;

import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** Walks the markers of a JPEG (ITU-T T.81) from start to end of image: the kind of frame, its size, and how many scans it has. */
final class JpegStructure {

    private static final int START_OF_FRAME = 0xc0;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int ARITHMETIC_TABLES = 0xcc;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;

    /** Segments of a picture; an ICC profile in the most parts that it may have takes 255. The JDK's reader needs time by the square of some kinds. */
    private static final int MOST_SEGMENTS = 4096;

    private final FileBytes file;
    private final DecodeLimits limits;
    private long position = 2; // behind start of image
    private boolean frame;
    private int scans;
    private int segments;

    private JpegStructure(FileBytes file, DecodeLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    static void inspect(FileBytes file, DecodeLimits limits) {
        JpegStructure structure = new JpegStructure(file, limits);
        int marker = structure.nextMarker();
        while (marker != END_OF_IMAGE) {
            structure.segment(marker);
            marker = structure.nextMarker();
        }
        if (structure.scans == 0) {
            throw FileBytes.damaged("JPEG without a scan");
        }
    }

    /** Skips to the next marker that is neither padding, nor a stuffed byte, nor a restart inside a scan. */
    private int nextMarker() {
        while (true) {
            if (file.uint8(position) != 0xff) {
                position++;
                continue;
            }
            int marker = file.uint8(position + 1);
            if (marker == 0xff) {
                position++;
            } else if (marker <= 1 || (marker >= FIRST_RESTART && marker <= LAST_RESTART)) {
                position += 2;
            } else {
                position += 2;
                return marker;
            }
        }
    }

    private void segment(int marker) {
        int length = file.uint16(position);
        file.within(position, length);
        if (++segments > MOST_SEGMENTS) {
            throw FileBytes.damaged("JPEG of more than " + MOST_SEGMENTS + " segments");
        }
        if (marker == START_OF_SCAN) {
            if (++scans > limits.maxScans()) {
                throw new ImageRefusedException(Reason.TOO_MANY_SCANS, "more than " + limits.maxScans());
            }
            if (!frame) {
                throw FileBytes.damaged("JPEG scan before its frame");
            }
        } else if (isFrame(marker)) {
            frame(marker);
        }
        position += length;
    }

    /** C0 to CF name the kinds of frame, except for three that share the range. */
    private static boolean isFrame(int marker) {
        return (marker & 0xf0) == START_OF_FRAME
                && marker != HUFFMAN_TABLES
                && marker != ARITHMETIC_TABLES
                && marker != 0xc8;
    }

    private void frame(int marker) {
        int precision = file.uint8(position + 2);
        int components = file.uint8(position + 7);
        if (marker > START_OF_FRAME + 2 || precision != 8 || (components != 1 && components != 3)) {
            throw FileBytes.unsupported("JPEG frame " + Integer.toHexString(marker) + " of " + components
                    + " components with " + precision + " bits");
        }
        if (frame) {
            throw FileBytes.damaged("JPEG with two frames");
        }
        limits.checkPixels(file.uint16(position + 5), file.uint16(position + 3));
        frame = true;
    }
}
