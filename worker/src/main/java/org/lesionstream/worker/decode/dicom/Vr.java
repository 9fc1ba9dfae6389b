package org.lesionstream.worker.decode.dicom;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Value representations, as the two letters in one number. */
public final class Vr {

    /** Those whose explicit length has 16 bits (PS3.5, table 7.1-2). All others, and what later editions add, have 32. */
    private static final Set<Integer> SHORT = codes("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US");

    private static final Set<Integer> LONG = codes("OB OD OF OL OV OW SQ SV UC UN UR UT UV");

    private Vr() {}

    /** The number of two letters. */
    public static int code(String letters) {
        return letters.charAt(0) << 8 | letters.charAt(1);
    }

    /** Whether the explicit length of a value has 16 bits. */
    public static boolean shortLength(int vr) {
        return SHORT.contains(vr);
    }

    static boolean known(int vr) {
        return SHORT.contains(vr) || LONG.contains(vr);
    }

    /** Two capital letters. */
    static boolean plausible(int vr) {
        return capital(vr >> 8) && capital(vr & 0xff);
    }

    private static boolean capital(int letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    private static Set<Integer> codes(String names) {
        return Stream.of(names.split(" ")).map(Vr::code).collect(Collectors.toUnmodifiableSet());
    }
}
