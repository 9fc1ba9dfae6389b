package org.lesionstream.worker.result.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionstream.schemas.checkpoint.DicomCode;

/**
 * A data set, or an item of a sequence, while it is put together: at most one value per attribute.
 *
 * <p>The order of the calls does not matter: elements are written in the order of their tags. Confined to one thread. Holds values of a
 * patient and prints none.
 */
final class Elements {

    private static final int LONGEST_CODE_VALUE = 16;

    /** What an attribute is given. */
    sealed interface Value {

        /** Characters, to be written in the character set of the object. */
        record Text(String characters) implements Value {}

        /** Bytes as they are to be written; padded to an even number. Nobody changes them any more. */
        @SuppressWarnings("ArrayRecordComponent") // owned as said above; values are not compared
        record Bytes(byte[] bytes) implements Value {}

        /** The items of a sequence. */
        record Items(List<Elements> items) implements Value {}
    }

    private final Map<Attribute, Value> values = new EnumMap<>(Attribute.class);

    /** One or more values of characters; none makes an empty element. */
    Elements text(Attribute attribute, String... characters) {
        return put(attribute, new Value.Text(String.join("\\", characters)));
    }

    /** Numbers in digits (VR DS). */
    Elements decimals(Attribute attribute, double... numbers) {
        return text(
                attribute, Arrays.stream(numbers).mapToObj(DecimalString::of).toArray(String[]::new));
    }

    /** A whole number in digits (VR IS). */
    Elements number(Attribute attribute, int number) {
        return text(attribute, Integer.toString(number));
    }

    /** Unsigned numbers of 16 bits (VR US). */
    Elements uint16(Attribute attribute, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            bytes.putShort((short) number);
        }
        return bytes(attribute, bytes.array());
    }

    /** Unsigned numbers of 32 bits (VR UL). */
    Elements uint32(Attribute attribute, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes(attribute, bytes.array());
    }

    /** The tag of another attribute (VR AT). */
    Elements pointer(Attribute attribute, Attribute pointed) {
        return uint16(attribute, pointed.tag() >>> 16, pointed.tag() & 0xffff);
    }

    /** Bytes as they are; nobody changes them from here on. */
    Elements bytes(Attribute attribute, byte[] bytes) {
        return put(attribute, new Value.Bytes(bytes));
    }

    Elements items(Attribute attribute, List<Elements> items) {
        return put(attribute, new Value.Items(List.copyOf(items)));
    }

    Elements items(Attribute attribute, Elements... items) {
        return items(attribute, List.of(items));
    }

    /** A sequence with one coded concept (PS3.3, 8.8). */
    Elements code(Attribute attribute, DicomCode code) {
        boolean isShort = code.value().length() <= LONGEST_CODE_VALUE;
        return items(
                attribute,
                new Elements()
                        .text(isShort ? Attribute.CODE_VALUE : Attribute.LONG_CODE_VALUE, code.value())
                        .text(Attribute.CODING_SCHEME_DESIGNATOR, code.scheme())
                        .text(Attribute.CODE_MEANING, Words.fit(code.meaning(), 64)));
    }

    /** Takes over all values of another data set. */
    Elements all(Elements others) {
        others.values.forEach(this::put);
        return this;
    }

    Optional<Value> value(Attribute attribute) {
        return Optional.ofNullable(values.get(attribute));
    }

    /** The values by ascending tag. */
    Map<Attribute, Value> values() {
        return values;
    }

    private Elements put(Attribute attribute, Value value) {
        if (values.putIfAbsent(attribute, value) != null) {
            throw new IllegalStateException(attribute + " has a value already");
        }
        return this;
    }

    /** Names of the attributes only: values may tell of a patient. */
    @Override
    public String toString() {
        return values.keySet().stream().map(Enum::name).collect(Collectors.joining(", ", "Elements[", "]"));
    }
}
