package org.lesionstream.worker.decode.dicom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.DecodeLimits;

/** Everything that our reader finds in a file, for tests of what was written. */
public final class DicomTree {

    private final DataSet dataSet;

    private DicomTree(DataSet dataSet) {
        this.dataSet = dataSet;
    }

    public static DicomTree read(byte[] file) {
        return new DicomTree(
                DicomFile.read(file, DecodeLimits.DEFAULT, tag -> true).dataSet());
    }

    public boolean has(int tag) {
        return dataSet.value(tag).isPresent() || !dataSet.items(tag).isEmpty();
    }

    /** The value with its padding. */
    public byte[] bytes(int tag) {
        Span span = dataSet.value(tag).orElseThrow(() -> new AssertionError(Tag.text(tag) + " is absent"));
        return Arrays.copyOfRange(dataSet.source().array(), span.offset(), span.end());
    }

    /** The value as UTF-8, without its padding. */
    public String text(int tag) {
        return new String(bytes(tag), UTF_8).replaceAll("[\0 ]$", "");
    }

    public int integer(int tag) {
        return dataSet.integer(tag).orElseThrow();
    }

    public List<DicomTree> items(int tag) {
        return dataSet.items(tag).stream().map(DicomTree::new).toList();
    }

    /** The only item of a sequence. */
    public DicomTree item(int tag) {
        List<DicomTree> items = items(tag);
        if (items.size() != 1) {
            throw new AssertionError(Tag.text(tag) + " has " + items.size() + " items");
        }
        return items.get(0);
    }
}
