package org.lesionstream.worker.decode.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * Walks the elements of a data set (PS3.5, section 7), explicit or implicit, in the byte order of its source.
 *
 * <ul>
 *   <li>Time grows with the bytes: every element is visited once, and sequences that are not kept are stepped over where their length is given.
 *   <li>A length is believed only as far as bytes are left in the item around it; depth, kept elements and fragments are limited.
 *   <li>Reading ends with the pixel data: nothing behind it describes the picture.
 *   <li>Confined to one thread, for one data set.
 * </ul>
 */
final class DataSetReader {

    static final int MAX_DEPTH = 48;
    static final int MAX_KEPT = 500_000;

    private static final long UNDEFINED = 0xffff_ffffL;
    private static final int SQ = 'S' << 8 | 'Q';
    private static final int OB = 'O' << 8 | 'B';
    private static final int OW = 'O' << 8 | 'W';
    private static final int UN = 'U' << 8 | 'N';

    private final Source source;
    private final IntPredicate keeps;
    private int kept;

    /** Keeps what describes the picture. */
    DataSetReader(Source source) {
        this(source, Tag::isKept);
    }

    /** @param keeps whether the attribute of that tag is kept, in the data set and in items that are */
    DataSetReader(Source source, IntPredicate keeps) {
        this.source = source;
        this.keeps = keeps;
    }

    /** The data set from {@code from} to the end of the source or its pixel data. */
    DataSet read(int from, boolean explicit) {
        DataSet dataSet = new DataSet(source);
        elements(from, source.length(), explicit, false, dataSet, 0);
        return dataSet;
    }

    /**
     * Reads the file meta information (group 0002) into {@code meta}: explicit elements as long as they are of that group. Its group length is
     * often wrong and not needed.
     *
     * @return where the data set begins
     */
    int readMeta(int from, DataSet meta) {
        int position = from;
        while (source.length() - position >= 8 && source.uint16(position) == 2) {
            Header header = header(position, source.length(), true);
            if (header.length == UNDEFINED) {
                throw Refusal.damaged("file meta information of undefined length");
            }
            position = value(header, source.length(), true, meta, 0);
        }
        return position;
    }

    /**
     * Reads elements until {@code end}, or where {@code delimited} until the delimiter of the item.
     *
     * @param into what is worth keeping; null where the whole item is skipped
     * @return the position behind the last one, delimiter included
     */
    private int elements(int from, int end, boolean explicit, boolean delimited, DataSet into, int depth) {
        int position = from;
        while (position < end) {
            int tag = tag(position, end);
            if (tag == Tag.ITEM_DELIMITATION && delimited) {
                return position + 8;
            }
            Header header = header(position, end, explicit);
            position = value(header, end, explicit, into, depth);
            if (depth == 0 && tag == Tag.PIXEL_DATA) {
                return end;
            }
        }
        if (delimited) {
            throw Refusal.damaged("an item does not end");
        }
        return end;
    }

    /** Keeps or skips the value behind a header. */
    private int value(Header header, int end, boolean explicit, DataSet into, int depth) {
        boolean wanted = into != null && keeps.test(header.tag);
        if (header.length == UNDEFINED && header.tag == Tag.PIXEL_DATA) {
            return fragments(header.begin, end, wanted && depth == 0 ? into : null);
        }
        if (header.length == UNDEFINED && header.binary()) {
            return fragments(header.begin, end, null);
        }
        boolean implicitItems = !explicit || header.vr == UN; // PS3.5, 6.2.2: what is unknown is implicit
        boolean sequence = header.vr == SQ || (implicitItems && Tag.isSequence(header.tag));
        if (header.length == UNDEFINED || (sequence && wanted)) {
            List<DataSet> items = wanted ? new ArrayList<>() : null;
            int behind = items(header, end, !implicitItems, items, depth + 1);
            if (wanted) {
                into.put(header.tag, items);
            }
            return behind;
        }
        Span span = span(header.begin, header.length, end);
        if (wanted) {
            count();
            into.put(header.tag, span);
            if (header.tag == Tag.PIXEL_DATA && header.vr == OB) {
                into.notePixelBytes();
            }
        }
        return span.end();
    }

    /** Reads the items of a sequence into {@code items}, or skips them where it is null. */
    private int items(Header sequence, int end, boolean explicit, List<DataSet> items, int depth) {
        if (depth > MAX_DEPTH) {
            throw Refusal.damaged("sequences more than " + MAX_DEPTH + " deep");
        }
        boolean delimited = sequence.length == UNDEFINED;
        int last = delimited ? end : span(sequence.begin, sequence.length, end).end();
        int position = sequence.begin;
        while (delimited || position < last) {
            int tag = tag(position, last);
            long length = source.uint32(position + 4);
            position += 8;
            if (tag == Tag.SEQUENCE_DELIMITATION && delimited) {
                return position;
            }
            if (tag != Tag.ITEM) {
                throw Refusal.damaged("a sequence holds something else than items");
            }
            DataSet item = null;
            if (items != null) {
                count();
                item = new DataSet(source);
                items.add(item);
            }
            boolean open = length == UNDEFINED;
            int itemEnd = open ? last : span(position, length, last).end();
            position = elements(position, itemEnd, explicit, open, item, depth);
        }
        return last;
    }

    /** Walks the fragments of encapsulated data to their delimiter; keeps them unless {@code into} is null. */
    private int fragments(int from, int end, DataSet into) {
        List<Span> fragments = new ArrayList<>();
        int position = from;
        while (true) {
            int tag = tag(position, end);
            long length = source.uint32(position + 4);
            position += 8;
            if (tag == Tag.SEQUENCE_DELIMITATION) {
                break;
            }
            if (tag != Tag.ITEM) {
                throw Refusal.damaged("encapsulated pixel data holds something else than fragments");
            }
            Span span = span(position, length, end);
            if (into != null) {
                count();
                fragments.add(span);
            }
            position = span.end();
        }
        if (into != null) {
            into.put(fragments);
        }
        return position;
    }

    private Header header(int position, int end, boolean explicit) {
        int tag = tag(position, end);
        if (tag >>> 16 == 0xFFFE) {
            throw Refusal.damaged("a delimiter stands outside of a sequence");
        }
        if (!explicit) {
            return new Header(tag, 0, source.uint32(position + 4), position + 8);
        }
        int vr = source.uint8(position + 4) << 8 | source.uint8(position + 5);
        if (!Vr.plausible(vr)) {
            throw Refusal.damaged(Tag.text(tag) + " has no value representation");
        }
        if (Vr.shortLength(vr)) {
            return new Header(tag, vr, source.uint16(position + 6), position + 8);
        }
        if (end - position < 12) {
            throw Refusal.damaged("an element ends early");
        }
        return new Header(tag, vr, source.uint32(position + 8), position + 12);
    }

    private int tag(int position, int end) {
        if (end - position < 8) {
            throw Refusal.damaged("an element ends early");
        }
        return source.tag(position);
    }

    private static Span span(int from, long length, int end) {
        if (length > end - from) {
            throw Refusal.damaged("an element of " + length + " bytes where " + (end - from) + " are left");
        }
        return new Span(from, (int) length);
    }

    private void count() {
        if (++kept > MAX_KEPT) {
            throw Refusal.damaged("more than " + MAX_KEPT + " elements");
        }
    }

    /** @param begin where the value begins */
    private record Header(int tag, int vr, long length, int begin) {

        /** Whether a value of undefined length is made of fragments and not of items. */
        boolean binary() {
            return vr == OB || vr == OW;
        }
    }
}
