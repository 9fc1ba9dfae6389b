package org.lesionstream.schemas.image;

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
        if (entry < 0) {
            return 0;
        }
        long count = file.uint32(entry + 4);
        file.within(values(entry, count), count * bytes(entry));
        return (int) count;
    }

    long value(int tag, int index) {
        long entry = find(tag);
        long at = values(entry, file.uint32(entry + 4)) + (long) index * bytes(entry);
        return bytes(entry) == 2 ? file.uint16(at) : file.uint32(at);
    }

    long first(int tag, long absent) {
        return count(tag) == 0 ? absent : value(tag, 0);
    }

    /** The value of a field that must be there. */
    long only(int tag) {
        if (count(tag) == 0) {
            throw FileBytes.damaged("TIFF without field " + tag);
        }
        return value(tag, 0);
    }

    /** Whether every value of a field equals {@code wanted}. */
    boolean all(int tag, long wanted) {
        for (int i = 0; i < count(tag); i++) {
            if (value(tag, i) != wanted) {
                return false;
            }
        }
        return true;
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
    private long values(long entry, long count) {
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
