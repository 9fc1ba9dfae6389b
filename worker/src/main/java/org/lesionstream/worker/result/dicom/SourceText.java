package org.lesionstream.worker.result.dicom;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.worker.decode.dicom.DicomHeader;
import org.lesionstream.worker.decode.dicom.Tag;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * The values of patient and study that are copied from a source, and the character set that a result with them is written in.
 *
 * <ul>
 *   <li>Where the source is in the default repertoire, in ISO_IR 100 or in ISO_IR 192, and every copied value is clean in it, values become UTF-8
 *       and the result is in ISO_IR 192.
 *   <li>Else, which is with code extensions, with other sets and with files whose values contradict what they state, bytes are copied as they
 *       are, and the result states the character set of the source for all of it. Our own words are then in ASCII, which all sets begin with. So a
 *       name is never guessed, and an archive sees the bytes that it has.
 * </ul>
 *
 * <p>Not changed after its construction. Prints no value.
 */
final class SourceText {

    private static final String UNICODE = "ISO_IR 192";
    private static final int LONGEST = 1024; // longer than any of these may be, however it is written

    private static final Set<Attribute> DEIDENTIFICATION =
            Set.of(Attribute.PATIENT_IDENTITY_REMOVED, Attribute.DEIDENTIFICATION_METHOD);

    private final Elements values;
    private final Charset words;

    private SourceText(Elements values, Charset words) {
        this.values = values;
        this.words = words;
    }

    static SourceText of(DicomHeader header, Iterable<Attribute> copied) {
        Map<Attribute, byte[]> found = new EnumMap<>(Attribute.class);
        for (Attribute attribute : copied) {
            header.bytes(attribute.tag()).ifPresent(bytes -> found.put(attribute, checked(attribute, bytes)));
        }
        if (!found.keySet()
                .containsAll(DEIDENTIFICATION)) { // a claim without its method would be none of PS3.3, C.7.1.1
            found.keySet().removeAll(DEIDENTIFICATION);
        }
        Optional<Map<Attribute, String>> decoded = charset(header.text(Attribute.SPECIFIC_CHARACTER_SET.tag()))
                .flatMap(charset -> decoded(found, charset));
        Elements values = new Elements();
        if (decoded.isPresent()) {
            values.text(Attribute.SPECIFIC_CHARACTER_SET, UNICODE);
            decoded.get().forEach(values::text);
            return new SourceText(values, StandardCharsets.UTF_8);
        }
        header.bytes(Attribute.SPECIFIC_CHARACTER_SET.tag())
                .ifPresent(bytes -> values.bytes(
                        Attribute.SPECIFIC_CHARACTER_SET, checked(Attribute.SPECIFIC_CHARACTER_SET, bytes)));
        found.forEach(values::bytes);
        return new SourceText(values, StandardCharsets.US_ASCII);
    }

    /** The copied values and the stated character set. */
    Elements values() {
        return values;
    }

    /** What the words of the result are encoded in. */
    Charset words() {
        return words;
    }

    private static byte[] checked(Attribute attribute, byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw Refusal.damaged(Tag.text(attribute.tag()) + " of " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static Optional<Charset> charset(Optional<String> stated) {
        return switch (stated.orElse("")) {
            case "", "ISO_IR 6", "ISO 2022 IR 6" -> Optional.of(StandardCharsets.US_ASCII);
            case "ISO_IR 100", "ISO 2022 IR 100" -> Optional.of(StandardCharsets.ISO_8859_1);
            case UNICODE -> Optional.of(StandardCharsets.UTF_8);
            default -> Optional.empty();
        };
    }

    /** All values without padding, if all are clean. */
    private static Optional<Map<Attribute, String>> decoded(Map<Attribute, byte[]> values, Charset charset) {
        Map<Attribute, String> decoded = new EnumMap<>(Attribute.class);
        for (Map.Entry<Attribute, byte[]> value : values.entrySet()) {
            try {
                String text = charset.newDecoder() // refuses what is malformed
                        .decode(ByteBuffer.wrap(value.getValue()))
                        .toString()
                        .replaceAll("[\0 ]+$", "");
                if (text.chars().anyMatch(Character::isISOControl)) {
                    return Optional.empty();
                }
                decoded.put(value.getKey(), text);
            } catch (CharacterCodingException contradiction) {
                return Optional.empty();
            }
        }
        return Optional.of(decoded);
    }

    @Override
    public String toString() {
        return "SourceText[" + words + "]";
    }
}
