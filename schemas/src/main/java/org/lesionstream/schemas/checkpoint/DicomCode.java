package org.lesionstream.schemas.checkpoint;

/**
 * A coded concept (DICOM PS3.3, section 8).
 *
 * @param scheme coding scheme designator, such as {@code SCT}
 * @param value code value, such as {@code 52988006}
 * @param meaning the concept in words, such as {@code Lesion}
 */
public record DicomCode(String scheme, String value, String meaning) {
    public DicomCode {
        check("scheme", scheme, 16);
        check("value", value, 64);
        check("meaning", meaning, 64);
    }

    private static void check(String parameter, String text, int maxLength) {
        if (text.isBlank() || text.length() > maxLength) {
            throw new IllegalArgumentException(
                    parameter + " must have 1 to " + maxLength + " characters, was '" + text + "'");
        }
    }
}
