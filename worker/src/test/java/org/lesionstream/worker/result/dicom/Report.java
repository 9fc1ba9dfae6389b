package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.worker.decode.dicom.DicomTree;

/** A structured report as our own reader sees it. */
record Report(DicomTree tree) {

    static Report of(DicomResult result) {
        return new Report(DicomTree.read(result.report().file()));
    }

    /** The measurement groups. */
    List<DicomTree> lesions() {
        return content(tree).stream()
                .filter(item -> name(item).equals("Imaging Measurements"))
                .flatMap(item -> content(item).stream())
                .toList();
    }

    /** Values of a group as "value unit" by their names; images by what they are. */
    static Map<String, String> values(DicomTree group) {
        Map<String, String> values = new LinkedHashMap<>();
        for (DicomTree item : content(group)) {
            values.merge(name(item), value(item), (one, other) -> one + " " + other);
        }
        return values;
    }

    /** All texts anywhere. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        collect(tree, texts);
        return texts;
    }

    /** SOP instances that the report says it rests on. */
    List<String> evidence() {
        return tree
                .item(Attribute.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE.tag())
                .items(Attribute.REFERENCED_SERIES_SEQUENCE.tag())
                .stream()
                .flatMap(series -> series.items(Attribute.REFERENCED_SOP_SEQUENCE.tag()).stream())
                .map(instance -> instance.text(Attribute.REFERENCED_SOP_INSTANCE_UID.tag()))
                .toList();
    }

    static List<DicomTree> content(DicomTree item) {
        return item.items(Attribute.CONTENT_SEQUENCE.tag());
    }

    static String name(DicomTree item) {
        return item.items(Attribute.CONCEPT_NAME_CODE_SEQUENCE.tag()).stream()
                .map(code -> code.text(Attribute.CODE_MEANING.tag()))
                .findFirst()
                .orElse("");
    }

    private static String value(DicomTree item) {
        return switch (item.text(Attribute.VALUE_TYPE.tag())) {
            case "TEXT" -> item.text(Attribute.TEXT_VALUE.tag());
            case "UIDREF" -> item.text(Attribute.UID.tag());
            case "CODE" -> item.item(Attribute.CONCEPT_CODE_SEQUENCE.tag()).text(Attribute.CODE_VALUE.tag());
            case "IMAGE" -> image(item.item(Attribute.REFERENCED_SOP_SEQUENCE.tag()));
            case "NUM" -> {
                DicomTree measured = item.item(Attribute.MEASURED_VALUE_SEQUENCE.tag());
                yield measured.text(Attribute.NUMERIC_VALUE.tag())
                        + " "
                        + measured.item(Attribute.MEASUREMENT_UNITS_CODE_SEQUENCE.tag())
                                .text(Attribute.CODE_VALUE.tag());
            }
            default -> throw new AssertionError(item.text(Attribute.VALUE_TYPE.tag()));
        };
    }

    private static String image(DicomTree reference) {
        return reference.text(Attribute.REFERENCED_SOP_INSTANCE_UID.tag())
                + frame(reference).map(frame -> "#" + frame).orElse("")
                + (reference.has(Attribute.REFERENCED_SEGMENT_NUMBER.tag())
                        ? " segment " + reference.integer(Attribute.REFERENCED_SEGMENT_NUMBER.tag())
                        : "");
    }

    private static Optional<String> frame(DicomTree reference) {
        return reference.has(Attribute.REFERENCED_FRAME_NUMBER.tag())
                ? Optional.of(reference.text(Attribute.REFERENCED_FRAME_NUMBER.tag()))
                : Optional.empty();
    }

    private static void collect(DicomTree item, List<String> texts) {
        if (item.has(Attribute.TEXT_VALUE.tag())) {
            texts.add(item.text(Attribute.TEXT_VALUE.tag()));
        }
        content(item).forEach(child -> collect(child, texts));
    }
}
