package org.lesionstream.schemas.image;

import java.util.stream.LongStream;

/** The whole-number fields of one TIFF directory, looked up in the file each time. */
final class TiffDirectory {

    private static final int ENTRY_BYTES = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final FileBytes file;
    private final long offset;
    private final int entries;

    TiffDirectory(FileBytes file, long offset) {
        this.file = file;
        this.offset = offset;
        this.entries = file.uint16(offset);
        if (entries == 0) { // where the JDK's reader would stop looking for pages
            throw FileBytes.damaged("TIFF page without fields");
        }
        file.within(offset, 2 + (long) entries * ENTRY_BYTES + 4);
    }

    /** Offset of the directory of the next page, 0 for none. */
    long next() {
        return file.uint32(offset + 2 + (long) entries * ENTRY_BYTES);
    }

    /** Number of values of a field, 0 where the field is absent. */
    int count(int tag) {
        long entry = find(tag);
        return entry < 0 ? 0 : count(entry);
    }

    /** The values of a field in order, none where it is absent. The field is looked up once: it may have as many values as the file has room for. */
    LongStream values(int tag) {
        long entry = find(tag);
        if (entry < 0) {
            return LongStream.empty();
        }
        int count = count(entry);
        int bytes = bytes(entry);
        long first = place(entry, count);
        return LongStream.range(0, count)
                .map(i -> bytes == 2 ? file.uint16(first + 2 * i) : file.uint32(first + 4 * i));
    }

    long first(int tag, long absent) {
        return values(tag).findFirst().orElse(absent);
    }

    /** The first value of a field that must be there. */
    long only(int tag) {
        return values(tag).findFirst().orElseThrow(() -> FileBytes.damaged("TIFF without field " + tag));
    }

    /** Number of values of an entry, all of which lie in the file. */
    private int count(long entry) {
        long count = file.uint32(entry + 4);
        file.within(place(entry, count), count * bytes(entry));
        return (int) count;
    }

    private long find(int tag) {
        for (int i = 0; i < entries; i++) {
            long entry = offset + 2 + (long) i * ENTRY_BYTES;
            if (file.uint16(entry) == tag) {
                return entry;
            }
        }
        return -1;
    }

    /** Values of up to four bytes stand in the entry itself. */
    private long place(long entry, long count) {
        return count * bytes(entry) <= 4 ? entry + 8 : file.uint32(entry + 8);
    }

    private int bytes(long entry) {
        int type = file.uint16(entry + 2);
        if (type != SHORT && type != LONG) {
            throw FileBytes.damaged("TIFF field of type " + type);
        }
        return type == SHORT ? 2 : 4;
    }
}
