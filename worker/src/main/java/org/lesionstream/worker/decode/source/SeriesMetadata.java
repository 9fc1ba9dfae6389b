package org.lesionstream.worker.decode.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.dicom.SlicePlane;
import org.lesionstream.worker.failure.SegmentationException;

/** The list of a series' objects in the DICOM JSON model (PS3.18, annex F), and of it no more than what puts them in order. */
final class SeriesMetadata {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

    private static final String SOP_INSTANCE_UID = "00080018";
    private static final String INSTANCE_NUMBER = "00200013";
    private static final String IMAGE_POSITION = "00200032";
    private static final String IMAGE_ORIENTATION = "00200037";
    private static final String NUMBER_OF_FRAMES = "00280008";
    private static final String ROWS = "00280010";

    private SeriesMetadata() {}

    /**
     * An object that holds pictures.
     *
     * @param number its place in the series as the device counts; only a guess at its place in space
     * @param plane of the picture, where it tells
     */
    record Entry(String instanceUid, int number, int frames, Optional<SlicePlane> plane) {}

    /** The objects with pictures, by their number. */
    static List<Entry> read(byte[] json, String where) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode object : tree(json, where)) {
            String uid = first(object, SOP_INSTANCE_UID).asText();
            if (!object.has(ROWS)) {
                continue; // a report, or another object without pictures
            }
            if (!UID.matcher(uid).matches()) {
                throw new SegmentationException(FailureCode.IMAGE_DAMAGED, where);
            }
            entries.add(new Entry(
                    uid,
                    first(object, INSTANCE_NUMBER).asInt(),
                    Math.max(1, first(object, NUMBER_OF_FRAMES).asInt(1)),
                    plane(object)));
        }
        entries.sort(Comparator.comparingInt(Entry::number).thenComparing(Entry::instanceUid));
        return entries;
    }

    private static JsonNode tree(byte[] json, String where) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.isArray()) {
                return tree;
            }
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.IMAGE_DAMAGED, where, e);
        }
        throw new SegmentationException(FailureCode.IMAGE_DAMAGED, where);
    }

    private static Optional<SlicePlane> plane(JsonNode object) {
        Optional<double[]> position = numbers(object, IMAGE_POSITION, 3);
        Optional<double[]> orientation = numbers(object, IMAGE_ORIENTATION, 6);
        return position.isPresent() && orientation.isPresent()
                ? SlicePlane.of(position.get(), orientation.get())
                : Optional.empty();
    }

    private static Optional<double[]> numbers(JsonNode object, String tag, int count) {
        JsonNode values = object.path(tag).path("Value");
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = values.path(i).asDouble(Double.NaN); // some archives write decimal strings as text
            if (!Double.isFinite(numbers[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }

    private static JsonNode first(JsonNode object, String tag) {
        return object.path(tag).path("Value").path(0);
    }
}
