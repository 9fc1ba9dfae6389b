package org.lesionstream.schemas.image;

import java.util.OptionalInt;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/**
 * Checks one page of a TIFF 6.0 file: a sample layout that is read here, and every strip or tile inside the file. The chain of pages is followed no
 * further than the file could hold pages, so a circle in it does no harm.
 */
final class TiffStructure {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int SAMPLE_FORMAT = 339;

    /** Strips or tiles of a page, which may each be one row. The JDK's reader sets itself up anew for each. */
    private static final int MOST_PARTS = 1 << 15;

    private static final int SMALLEST_PAGE = 2 + 12 + 4; // bytes of a directory of one field

    private static final int UNCOMPRESSED = 1;
    /** None, CCITT (3), LZW, deflate (2), PackBits. JPEG inside TIFF is left out: its scans would go unchecked. */
    private static final Set<Integer> COMPRESSIONS = Set.of(UNCOMPRESSED, 2, 3, 4, 5, 8, 32946, 32773);

    private static final int LAST_PHOTOMETRIC = 3; // white is zero, black is zero, RGB, palette
    private static final Set<Integer> BIT_DEPTHS = Set.of(1, 2, 4, 8, 16);
    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;
    private static final int UNDEFINED = 4;

    private TiffStructure() {}

    /** How many pages the chain of directories has. */
    static int pages(FileBytes bytes) {
        FileBytes file = ordered(bytes);
        int most = file.length() / SMALLEST_PAGE;
        int count = 1;
        for (TiffDirectory page = first(file); page.next() != 0; page = next(file, page)) {
            if (++count > most) {
                throw FileBytes.damaged("TIFF whose pages run in a circle");
            }
        }
        return count;
    }

    /** @param page counted from 1; empty where the file must hold one alone */
    static void inspect(FileBytes bytes, OptionalInt page, DecodeLimits limits) {
        FileBytes file = ordered(bytes);
        TiffDirectory directory = directory(file, page.orElse(1));
        long width = directory.only(WIDTH);
        long height = directory.only(HEIGHT);
        limits.checkPixels(width, height);
        if (page.isEmpty() && directory.next() != 0) {
            throw new ImageRefusedException(Reason.MANY_IMAGES, "TIFF of several pages");
        }
        int samples = (int) directory.first(SAMPLES, 1);
        int bits = (int) directory.first(BITS, 1);
        checkLayout(directory, samples, bits);
        long tileWidth = directory.first(TILE_WIDTH, 0);
        long stored;
        if (tileWidth > 0) {
            long tileHeight = directory.only(TILE_HEIGHT);
            limits.checkPixels(tileWidth, tileHeight);
            long tiles = samples * parts(width, tileWidth) * parts(height, tileHeight);
            stored = storedBytes(file, directory, TILE_OFFSETS, TILE_BYTES, tiles);
        } else {
            stored = storedBytes(file, directory, STRIP_OFFSETS, STRIP_BYTES, samples * height);
        }
        int compression = (int) directory.first(COMPRESSION, UNCOMPRESSED);
        if (compression == UNCOMPRESSED && stored < (width * samples * bits + 7) / 8 * height) {
            throw FileBytes.damaged("TIFF with fewer bytes than pixels");
        }
    }

    private static FileBytes ordered(FileBytes bytes) {
        return bytes.uint8(0) == 'I' ? bytes.littleEndian() : bytes;
    }

    private static TiffDirectory first(FileBytes file) {
        return new TiffDirectory(file, file.uint32(4));
    }

    /** The directory behind one that has a next. */
    private static TiffDirectory next(FileBytes file, TiffDirectory directory) {
        return new TiffDirectory(file, directory.next());
    }

    private static TiffDirectory directory(FileBytes file, int page) {
        TiffDirectory directory = first(file);
        int most = file.length() / SMALLEST_PAGE;
        for (int at = 1; at < page; at++) {
            if (directory.next() == 0 || at >= most) {
                throw new ImageRefusedException(Reason.NO_SUCH_FRAME, "page " + page + " of a TIFF of " + at);
            }
            directory = next(file, directory);
        }
        return directory;
    }

    private static void checkLayout(TiffDirectory directory, int samples, int bits) {
        int compression = (int) directory.first(COMPRESSION, UNCOMPRESSED);
        int photometric = (int) directory.first(PHOTOMETRIC, 1);
        int format = (int) directory.first(SAMPLE_FORMAT, UNSIGNED);
        boolean readable = COMPRESSIONS.contains(compression)
                && photometric <= LAST_PHOTOMETRIC
                && samples >= 1
                && samples <= 4
                && BIT_DEPTHS.contains(bits)
                && directory.values(BITS).allMatch(value -> value == bits)
                && (format == UNSIGNED || format == UNDEFINED || (format == SIGNED && bits == 16));
        if (!readable) {
            throw FileBytes.unsupported("TIFF compression " + compression + ", photometric " + photometric + ", "
                    + samples + " samples of " + bits + " bits in format " + format);
        }
    }

    private static long parts(long whole, long part) {
        return (whole + part - 1) / part;
    }

    /**
     * Sum of the lengths of all strips or tiles, after making sure that each lies inside the file.
     *
     * @param possible how many of them a page of this size can have
     */
    private static long storedBytes(FileBytes file, TiffDirectory directory, int offsets, int lengths, long possible) {
        int count = directory.count(offsets);
        if (count == 0 || count > Math.min(possible, MOST_PARTS) || count != directory.count(lengths)) {
            throw FileBytes.damaged("TIFF that does not say where its pixels are");
        }
        PrimitiveIterator.OfLong places = directory.values(offsets).iterator();
        long sum = 0;
        for (PrimitiveIterator.OfLong sizes = directory.values(lengths).iterator(); sizes.hasNext(); ) {
            long length = sizes.nextLong();
            file.within(places.nextLong(), length);
            sum += length;
        }
        return sum;
    }
}
