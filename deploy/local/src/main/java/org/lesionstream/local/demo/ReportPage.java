package org.lesionstream.local.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lesionstream.local.report.Html;
import org.lesionstream.local.report.Page;
import org.lesionstream.local.report.ThroughputChart;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.DeadLetter;

/**
 * The demo as one page for people: verdict, throughput, every case, the worst pictures first, and what was refused.
 *
 * <p>The page needs nothing else: pictures are inside, there is no script, and it follows the reader's choice of light or dark.
 */
final class ReportPage {

    /** Enough to judge by eye, and a page below ten megabytes. */
    private static final int MOST_PICTURES = 48;

    private final Verdict verdict;
    private final Submission submission;
    private final Answers answers;
    private final List<ScoredImage> worstFirst;
    private final List<String> surprises;

    ReportPage(Verdict verdict, Submission submission, Answers answers, List<ScoredImage> images) {
        this.verdict = verdict;
        this.submission = submission;
        this.answers = answers;
        this.worstFirst = images.stream()
                .sorted(Comparator.comparingDouble(ScoredImage::dice)
                        .thenComparing(image -> image.job().jobId()))
                .toList();
        this.surprises = answers.surprises();
    }

    /** Writes the page, in place of any older one. */
    void write(Path target) throws IOException {
        String body = head() + throughput() + findings() + pictures() + deadLetters() + cases();
        Page.write(target, "Lesionstream demo", body);
    }

    private String head() {
        List<String> complaints = new ArrayList<>(verdict.complaints());
        complaints.addAll(surprises);
        String said = complaints.isEmpty()
                ? "<p class=\"verdict good\">Every job was answered exactly once, and the masks agree with the truth.</p>"
                : "<p class=\"verdict bad\">Not passed: " + Html.text(String.join("; ", complaints)) + ".</p>";
        Map<String, String> tiles = new LinkedHashMap<>();
        tiles.put("jobs", String.valueOf(verdict.jobs()));
        tiles.put("masks", String.valueOf(verdict.results()));
        tiles.put("dead letters", String.valueOf(verdict.deadLetters()));
        tiles.put("lost", String.valueOf(verdict.lost()));
        tiles.put("duplicates", String.valueOf(verdict.duplicates()));
        tiles.put("cases", String.valueOf(verdict.cases()));
        tiles.put("mean Dice", Html.number("%.4f", verdict.meanDice()));
        tiles.put("images per second", Html.number("%.1f", verdict.imagesPerSecond()));
        tiles.put("worker", verdict.worker());
        tiles.put("checkpoint", verdict.checkpoint());
        String grid = tiles.entrySet().stream()
                .map(tile -> "<div class=\"tile\"><b>" + Html.text(tile.getValue()) + "</b><span>" + tile.getKey()
                        + "</span></div>")
                .collect(Collectors.joining("\n"));
        return "<h1>Lesionstream demo</h1>\n" + said + "\n<div class=\"tiles\">\n" + grid + "\n</div>\n";
    }

    private String throughput() {
        return """
                <h2>Images answered over time</h2>
                <p class="hint">From the first submission on.
                <span class="key" style="background: var(--found)"></span>urgent lane
                <span class="key" style="background: var(--truth)"></span>backfill lane</p>
                <div class="card">
                """ + ThroughputChart.svg(answeredAt(JobLane.URGENT), answeredAt(JobLane.BACKFILL)) + "</div>\n";
    }

    private List<Double> answeredAt(JobLane lane) {
        long start = submission.firstSentAtMillis();
        return answers.results().stream()
                .filter(result ->
                        submission.jobs().get(result.message().jobId()).lane() == lane)
                .map(result -> (result.atMillis() - start) / 1000.0)
                .toList();
    }

    private String findings() throws IOException {
        Optional<CaseFindings> findings = CaseFindings.choose(answers, worstFirst);
        return findings.isPresent() ? findings.get().html() : "";
    }

    private String pictures() throws IOException {
        List<ScoredImage> shown = worstFirst.subList(0, Math.min(MOST_PICTURES, worstFirst.size()));
        StringBuilder html = new StringBuilder("<h2>Pictures, the worst first</h2>\n<p class=\"hint\">"
                + (shown.size() < worstFirst.size()
                        ? "The " + shown.size() + " worst of " + worstFirst.size() + ". "
                        : "")
                + "<span class=\"key\" style=\"background: var(--truth)\"></span>truth"
                + "<span class=\"key\" style=\"background: var(--found)\"></span>found"
                + "<span class=\"key\" style=\"background: var(--both)\"></span>both (white)</p>\n"
                + "<div class=\"gallery\">\n");
        for (ScoredImage image : shown) {
            html.append(figure(image));
        }
        return html.append("</div>\n").toString();
    }

    private static String figure(ScoredImage image) throws IOException {
        BufferedImage overlay =
                Overlay.of(PictureFile.read(image.job().picture().image()).image(), image.truth(), image.found());
        String name = Html.text(image.job().picture().name());
        return Html.figure(
                overlay,
                name + " with the outlines of truth and result",
                "<b>" + Html.number("%.3f", image.dice()) + "</b> " + name + "<br>"
                        + Html.text(image.job().caseId()) + ", "
                        + lesions(image.result().lesionCount()));
    }

    private String cases() {
        Map<String, List<ScoredImage>> byCase = new TreeMap<>();
        worstFirst.forEach(image -> byCase.computeIfAbsent(image.job().caseId(), id -> new ArrayList<>())
                .add(image));
        List<String> rows = byCase.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> ScoredImage.meanDice(entry.getValue())))
                .map(entry -> caseRow(entry.getKey(), entry.getValue()))
                .toList();
        return Html.table(
                "Cases",
                "The worst first; Dice is the mean over the images of the case.",
                List.of("case", "lane", "#images", "#Dice", "#lesions", "#lesion share", "case result", "checkpoint"),
                rows);
    }

    private String caseRow(String caseId, List<ScoredImage> images) {
        ScoredImage first = images.get(0);
        double share = images.stream()
                .flatMap(image -> image.result().totals().stream())
                .mapToDouble(total -> total.imageShare() / images.size())
                .sum();
        String closed = answers.caseResult(caseId)
                .map(result -> (result.complete() ? "complete" : "incomplete") + ", revision " + result.revision())
                .orElse("none");
        return Html.row(
                Html.text(caseId),
                first.job().lane().name().toLowerCase(Locale.ROOT),
                "#" + images.size(),
                "#" + Html.number("%.4f", ScoredImage.meanDice(images)),
                "#" + answers.caseResult(caseId).map(CaseResult::lesionCount).orElse(0),
                "#" + Html.number("%.2f %%", 100 * share),
                closed,
                Html.text(first.result().checkpoint().name() + "@"
                        + first.result().checkpoint().version()));
    }

    private String deadLetters() {
        List<String> rows = submission.jobs().entrySet().stream()
                .filter(entry -> answers.deadLetter(entry.getKey()).isPresent())
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> deadLetterRow(
                        entry.getKey(),
                        entry.getValue(),
                        answers.deadLetter(entry.getKey()).orElseThrow()))
                .toList();
        return Html.table(
                "Dead letters",
                "Jobs that were bad on purpose; each must be refused with its own code, and must cost only itself.",
                List.of("job", "what was sent", "expected", "code", "type", "where", "#attempts"),
                rows);
    }

    private static String deadLetterRow(String name, PlannedJob job, DeadLetter letter) {
        return Html.row(
                Html.text(name),
                Html.text(job.kind().description()),
                job.kind().failure().map(Enum::name).orElse("a mask"),
                letter.code().name(),
                letter.type().name().toLowerCase(Locale.ROOT),
                Html.text(letter.where()),
                "#" + letter.attempts());
    }

    private static String lesions(int count) {
        return count == 1 ? "1 lesion" : count + " lesions";
    }
}
