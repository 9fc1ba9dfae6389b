package org.lesionstream.worker.result.dicom;

/** Words of ours as values of DICOM. */
final class Words {

    private Words() {}

    /**
     * Makes one value of at most so many characters of a text from outside, such as the name of a class: backslashes separate values and control
     * characters are not allowed (PS3.5, 6.2), so blanks take their place.
     */
    static String fit(String text, int longest) {
        String allowed = text.replaceAll("[\\\\\\p{Cntrl}]", " ").strip();
        int cut = Math.min(longest, allowed.length());
        boolean splitsPair = cut < allowed.length() && cut > 0 && Character.isHighSurrogate(allowed.charAt(cut - 1));
        return allowed.substring(0, splitsPair ? cut - 1 : cut);
    }
}
