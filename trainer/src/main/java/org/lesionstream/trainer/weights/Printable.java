package org.lesionstream.trainer.weights;

/** Words from files of strangers, fit to be shown on a terminal: one line, no control characters, not endless. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    static String of(String word) {
        String shown = word.length() > LONGEST ? word.substring(0, LONGEST) + "..." : word;
        return shown.replaceAll("[^\\x20-\\x7e\\xa1-\\u02ff]", "?");
    }
}
