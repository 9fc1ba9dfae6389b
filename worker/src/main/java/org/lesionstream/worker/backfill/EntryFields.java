package org.lesionstream.worker.backfill;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.IntensityWindow;
import org.lesionstream.schemas.message.SlicePosition;

/**
 * The fields of a manifest, by name, to an {@link Entry}. Both kinds of manifest have the same names; an empty field is an absent one.
 *
 * <p>A refusal is an {@link IllegalArgumentException} whose message names the field and never what stands in it.
 */
final class EntryFields {
    private static final String URI = "uri";
    private static final String CASE_ID = "caseId";
    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final String SHA256 = "sha256";
    private static final String SPACING_ROW = "pixelSpacing.row";
    private static final String SPACING_COLUMN = "pixelSpacing.column";
    private static final String WINDOW_LOW = "window.low";
    private static final String WINDOW_HIGH = "window.high";
    private static final String SLICE_POSITION = "slice.position";
    private static final String SLICE_SPACING = "slice.spacing";
    private static final String LABEL = "label.";

    private static final List<String> NAMES = List.of(
            URI,
            CASE_ID,
            IMAGE,
            IMAGES,
            SHA256,
            SPACING_ROW,
            SPACING_COLUMN,
            WINDOW_LOW,
            WINDOW_HIGH,
            SLICE_POSITION,
            SLICE_SPACING);

    /** What people may write, for messages. */
    static final String KNOWN = String.join(", ", NAMES) + " or " + LABEL + "NAME";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,15})?([eE][+-]?\\d{1,3})?");

    private EntryFields() {}

    /** Whether a manifest may have a field of that name. */
    static boolean known(String name) {
        return NAMES.contains(name) || (name.startsWith(LABEL) && name.length() > LABEL.length());
    }

    /** Whether there can be entries without the field. */
    static boolean optional(String name) {
        return !name.equals(URI);
    }

    /**
     * Reads an entry.
     *
     * @param fields text by known name
     * @param folder what relative paths are relative to
     */
    static Entry entry(Map<String, String> fields, Path folder) {
        Map<String, String> given = new HashMap<>(fields);
        given.values().removeIf(String::isBlank);
        Optional<String> caseId = Optional.ofNullable(given.get(CASE_ID));
        int images = wholeNumber(given, IMAGES).orElse(1);
        Optional<Integer> image = wholeNumber(given, IMAGE);
        if (images > 1 && image.isEmpty()) {
            throw new IllegalArgumentException("image is missing: it says which of the images of the case this is");
        }
        return new Entry(
                Location.of(text(given, URI), folder),
                caseId,
                image.orElse(1),
                images,
                Optional.ofNullable(given.get(SHA256)).map(EntryFields::digest),
                pair(given, SPACING_ROW, SPACING_COLUMN).map(both -> new PixelSpacing(both.first(), both.second())),
                pair(given, WINDOW_LOW, WINDOW_HIGH).map(both -> new IntensityWindow(both.first(), both.second())),
                pair(given, SLICE_POSITION, SLICE_SPACING).map(both -> new SlicePosition(both.first(), both.second())),
                labels(given));
    }

    private record Pair(double first, double second) {}

    private static Optional<Pair> pair(Map<String, String> given, String first, String second) {
        if (!given.containsKey(first) && !given.containsKey(second)) {
            return Optional.empty();
        }
        return Optional.of(new Pair(number(given, first), number(given, second)));
    }

    private static String text(Map<String, String> given, String name) {
        String text = given.get(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    private static Optional<Integer> wholeNumber(Map<String, String> given, String name) {
        return Optional.ofNullable(given.get(name)).map(text -> {
            if (!WHOLE_NUMBER.matcher(text).matches()) {
                throw new IllegalArgumentException(name + " must be a whole number");
            }
            return Integer.valueOf(text);
        });
    }

    private static double number(Map<String, String> given, String name) {
        String text = text(given, name);
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must be a number");
        }
        return Double.parseDouble(text);
    }

    private static Digest digest(String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits in lower case", e);
        }
    }

    private static Map<String, String> labels(Map<String, String> given) {
        Map<String, String> labels = new HashMap<>();
        given.forEach((name, text) -> {
            if (name.startsWith(LABEL)) {
                labels.put(name.substring(LABEL.length()), text);
            }
        });
        return labels;
    }
}
