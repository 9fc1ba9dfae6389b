package org.lesionstream.trainer.report;

import java.util.List;

/**
 * A case as it is drawn.
 *
 * @param split it belongs to
 * @param name of the case
 * @param drawings {@code data:} addresses of its picture with both outlines, side by side
 * @param words about it
 */
public record ShownCase(String split, String name, List<String> drawings, String words) {

    public ShownCase {
        drawings = List.copyOf(drawings);
        for (String drawing : drawings) {
            if (!drawing.startsWith("data:")) {
                throw new IllegalArgumentException("a page loads nothing: drawings must be data addresses");
            }
        }
    }

    /** Cases under one heading; nothing without any. */
    static String gallery(String heading, String note, List<ShownCase> cases) {
        if (cases.isEmpty()) {
            return "";
        }
        StringBuilder figures = new StringBuilder();
        for (ShownCase shown : cases) {
            figures.append("<figure>");
            for (String drawing : shown.drawings) {
                figures.append("<img src=\"%s\" alt=\"outlines of %s\">"
                        .formatted(Html.escaped(drawing), Html.escaped(shown.name)));
            }
            figures.append("<figcaption>%s / %s<br>%s</figcaption></figure>%n"
                    .formatted(Html.escaped(shown.split), Html.escaped(shown.name), Html.escaped(shown.words)));
        }
        return """
                <h2>%s</h2>
                <p><span class="truth">Green: truth.</span> <span class="prediction">Magenta: prediction.</span> White: both. %s</p>
                <div class="cases">
                %s</div>
                """.formatted(Html.escaped(heading), Html.escaped(note), figures);
    }
}
