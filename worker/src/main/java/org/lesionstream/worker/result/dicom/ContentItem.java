package org.lesionstream.worker.result.dicom;

import java.util.List;
import org.lesionstream.schemas.checkpoint.DicomCode;

/** Makes the items of the content tree of a report (PS3.3, C.17.3). */
final class ContentItem {

    /** What an item is to the one above it. */
    enum Relation {
        CONTAINS("CONTAINS"),
        CONCEPT_MODIFIER("HAS CONCEPT MOD"),
        OBSERVATION_CONTEXT("HAS OBS CONTEXT");

        private final String term;

        Relation(String term) {
            this.term = term;
        }
    }

    private ContentItem() {}

    /** An item with others below it, unless it is empty. */
    static Elements container(DicomCode name, List<Elements> content) {
        Elements container = new Elements()
                .text(Attribute.VALUE_TYPE, "CONTAINER")
                .code(Attribute.CONCEPT_NAME_CODE_SEQUENCE, name)
                .text(Attribute.CONTINUITY_OF_CONTENT, "SEPARATE");
        return content.isEmpty() ? container : container.items(Attribute.CONTENT_SEQUENCE, content);
    }

    /** Places an item below another. */
    static Elements related(Relation relation, Elements item) {
        return item.text(Attribute.RELATIONSHIP_TYPE, relation.term);
    }

    /** Says which template of PS3.16 a container follows. */
    static Elements template(String identifier, Elements container) {
        return container.items(
                Attribute.CONTENT_TEMPLATE_SEQUENCE,
                new Elements()
                        .text(Attribute.MAPPING_RESOURCE, "DCMR")
                        .text(Attribute.TEMPLATE_IDENTIFIER, identifier));
    }

    static Elements code(Relation relation, DicomCode name, DicomCode value) {
        return item(relation, "CODE", name).code(Attribute.CONCEPT_CODE_SEQUENCE, value);
    }

    static Elements text(Relation relation, DicomCode name, String value) {
        return item(relation, "TEXT", name).text(Attribute.TEXT_VALUE, value);
    }

    static Elements uid(Relation relation, DicomCode name, String value) {
        return item(relation, "UIDREF", name).text(Attribute.UID, value);
    }

    /** @param reference class, instance and what of it is meant */
    static Elements image(DicomCode name, Elements reference) {
        return item(Relation.CONTAINS, "IMAGE", name).items(Attribute.REFERENCED_SOP_SEQUENCE, reference);
    }

    /** An image that is listed without a purpose. */
    static Elements image(Elements reference) {
        return related(
                Relation.CONTAINS,
                new Elements().text(Attribute.VALUE_TYPE, "IMAGE").items(Attribute.REFERENCED_SOP_SEQUENCE, reference));
    }

    static Elements number(DicomCode name, double value, DicomCode unit) {
        return item(Relation.CONTAINS, "NUM", name)
                .items(
                        Attribute.MEASURED_VALUE_SEQUENCE,
                        new Elements()
                                .code(Attribute.MEASUREMENT_UNITS_CODE_SEQUENCE, unit)
                                .decimals(Attribute.NUMERIC_VALUE, value));
    }

    private static Elements item(Relation relation, String type, DicomCode name) {
        return related(
                relation,
                new Elements().text(Attribute.VALUE_TYPE, type).code(Attribute.CONCEPT_NAME_CODE_SEQUENCE, name));
    }
}
