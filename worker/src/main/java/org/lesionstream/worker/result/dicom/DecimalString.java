package org.lesionstream.worker.result.dicom;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as the VR DS writes them, in at most 16 characters (PS3.5, 6.2): the shortest digits that are read as the same number, else those of the
 * highest precision that fits. What a file said in 16 characters, with or without
 * an exponent, comes back as the same number.
 */
final class DecimalString {

    private static final int LONGEST = 16;
    private static final int MOST_DIGITS = 17; // tell any two numbers of 64 bits apart

    private DecimalString() {}

    static String of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("number must be finite, was " + number);
        }
        BigDecimal exact = new BigDecimal(number);
        String best = "0";
        for (int digits = 1; digits <= MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
            String plain = rounded.toPlainString();
            String text = plain.length() <= LONGEST ? plain : scientific(rounded);
            if (text.length() <= LONGEST) {
                best = text;
                if (rounded.doubleValue() == number) {
                    break;
                }
            }
        }
        return best;
    }

    private static String scientific(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        int exponent = digits.length() - 1 - number.scale();
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "E" + exponent;
    }
}
