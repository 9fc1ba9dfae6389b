package org.lesionstream.trainer.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scores of a checkpoint as one page for people: a table per split and the worst cases as pictures. It loads nothing from anywhere. */
public final class EvaluationPage {

    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1d2733 }
            table { border-collapse: collapse } th, td { padding: .3rem 1rem .3rem 0; text-align: left }
            .cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem }
            figure { margin: 0 } img { width: 100%; border-radius: 4px } figcaption { font-size: .85rem; overflow-wrap: anywhere }
            .truth { color: #008a38 } .prediction { color: #c2149a }
            """;

    private EvaluationPage() {}

    /**
     * A case as it is shown.
     *
     * @param split it belongs to
     * @param overlay address of its picture with both outlines
     */
    public record ShownCase(String split, CaseScore score, String overlay) {}

    /**
     * The page.
     *
     * @param checkpoint name, version and digest, as text
     * @param worst cases in the order in which they are shown
     */
    public static String html(String checkpoint, Map<String, SplitScore> splits, List<ShownCase> worst) {
        StringBuilder rows = new StringBuilder();
        splits.forEach((split, score) -> rows.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>%n"
                .formatted(
                        escaped(split), number(score.dice()), number(score.intersectionOverUnion()), score.cases())));
        StringBuilder figures = new StringBuilder();
        for (ShownCase shown : worst) {
            figures.append("""
                    <figure><img src="%s" alt="outlines of %s"><figcaption>%s / %s<br>DSC %s, IoU %s</figcaption></figure>
                    """.formatted(
                            shown.overlay(),
                            escaped(shown.score().name()),
                            escaped(shown.split()),
                            escaped(shown.score().name()),
                            number(shown.score().dice()),
                            number(shown.score().intersectionOverUnion())));
        }
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Evaluation of %1$s</title><style>%2$s</style></head>
                <body>
                <h1>Evaluation</h1>
                <p>Checkpoint <code>%1$s</code></p>
                <table><thead><tr><th>split</th><th>DSC</th><th>IoU</th><th>cases</th></tr></thead>
                <tbody>
                %3$s</tbody></table>
                <p>Means over cases, at source size. Two empty masks score 1.</p>
                <h2>Worst cases</h2>
                <p><span class="truth">Green: truth.</span> <span class="prediction">Magenta: prediction.</span> White: both.</p>
                <div class="cases">
                %4$s</div>
                </body>
                </html>
                """.formatted(escaped(checkpoint), STYLE, rows, figures);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
