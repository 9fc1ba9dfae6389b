package org.lesionstream.worker.decode.dicom;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * The attributes that were kept of a data set or of an item in a sequence. Values stay where they are in the file until they are asked for.
 *
 * <p>Filled by the reader and not changed afterwards. A value of a wrong kind or length is refused where the picture depends on it ({@link
 * #integer}, {@link #number}), and told as absent where it only adds to it ({@link #decimals}).
 */
final class DataSet {

    private static final int LONGEST_TEXT = 1024; // numbers and code words; nothing else is read as text

    private final Source source;
    private final Map<Integer, Span> values = new HashMap<>(8);
    private final Map<Integer, List<DataSet>> sequences = new HashMap<>(4);
    private Optional<List<Span>> fragments = Optional.empty();
    private boolean pixelsAreWords = true;

    DataSet(Source source) {
        this.source = source;
    }

    void put(int tag, Span value) {
        values.put(tag, value);
    }

    void put(int tag, List<DataSet> items) {
        sequences.put(tag, items);
    }

    /** Fragments of encapsulated pixel data; the first one is the basic offset table. */
    void put(List<Span> pixelFragments) {
        fragments = Optional.of(pixelFragments);
    }

    /** Notes that the pixel data was written byte by byte (VR OB), whatever the byte order of the data set. */
    void notePixelBytes() {
        pixelsAreWords = false;
    }

    /** Whether the pixel data was written in words of 16 or more bits. */
    boolean pixelsAreWords() {
        return pixelsAreWords;
    }

    /** The bytes that the spans point into, in the byte order of the data set. */
    Source source() {
        return source;
    }

    Optional<Span> value(int tag) {
        return Optional.ofNullable(values.get(tag));
    }

    Optional<List<Span>> fragments() {
        return fragments;
    }

    /** Items of a sequence; none where it is absent. */
    List<DataSet> items(int tag) {
        return sequences.getOrDefault(tag, List.of());
    }

    /** The only or first item of a sequence. */
    Optional<DataSet> item(int tag) {
        return items(tag).stream().findFirst();
    }

    /** An unsigned binary number of 16 or 32 bits. Absent if empty. */
    OptionalInt integer(int tag) {
        Optional<Span> value = present(tag);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        Span span = value.get();
        if (span.length() == 2) {
            return OptionalInt.of(source.uint16(span.offset()));
        }
        long wide = span.length() == 4 ? source.uint32(span.offset()) : Long.MAX_VALUE;
        if (wide > Integer.MAX_VALUE) {
            throw Refusal.damaged(Tag.text(tag) + " is no number");
        }
        return OptionalInt.of((int) wide);
    }

    /** A whole number in digits (VR IS). Absent if empty. */
    OptionalInt number(int tag) {
        Optional<String> text = text(tag);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            throw Refusal.damaged(Tag.text(tag) + " is no whole number");
        }
    }

    /** Numbers in digits (VR DS), all of them finite; absent unless there are at least {@code wanted}. */
    Optional<double[]> decimals(int tag, int wanted) {
        Optional<String> text = text(tag);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            double[] numbers = Arrays.stream(text.get().split("\\\\", -1))
                    .mapToDouble(part -> Double.parseDouble(part.strip()))
                    .toArray();
            boolean finite = Arrays.stream(numbers).allMatch(Double::isFinite);
            return numbers.length >= wanted && finite ? Optional.of(numbers) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The first of one or more numbers in digits. */
    OptionalDouble decimal(int tag) {
        return decimals(tag, 1).map(numbers -> OptionalDouble.of(numbers[0])).orElse(OptionalDouble.empty());
    }

    /** A binary number of 64 bits (VR FD). */
    OptionalDouble float64(int tag) {
        return present(tag)
                .filter(span -> span.length() == 8)
                .map(span -> OptionalDouble.of(source.float64(span.offset())))
                .orElse(OptionalDouble.empty());
    }

    /** A code word or number without padding. Absent if empty. */
    Optional<String> text(int tag) {
        return present(tag)
                .filter(span -> span.length() <= LONGEST_TEXT)
                .map(span -> new String(source.array(), span.offset(), span.length(), StandardCharsets.ISO_8859_1))
                .map(text -> text.replace('\0', ' ').strip())
                .filter(text -> !text.isEmpty());
    }

    private Optional<Span> present(int tag) {
        return value(tag).filter(span -> span.length() > 0);
    }
}
