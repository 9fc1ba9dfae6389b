package org.lesionstream.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lesionstream.trainer.testing.HtmlPages.parsed;
import static org.lesionstream.trainer.testing.HtmlPages.texts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.PairedComparison;
import org.lesionstream.trainer.evaluation.SplitSummary;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.LesionMatching;
import org.lesionstream.trainer.testing.Masks;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
    private static final List<String> CLASSES = List.of("naevus & co", "<b>melanoma</b>");
    private static final String HOSTILE = "\"><script>alert('1')</script>";

    private final List<CaseAssessment> cases = List.of(
            assess(HOSTILE, "1122..", "1112.."),
            assess("case-2", "......", "......"),
            assess("case-3", "......", "2....."),
            assess("case-4", ".1....", "......"));

    @Test
    void anEvaluationIsAWellFormedPage() throws Exception {
        Document page = parsed(evaluation());
        NodeList drawings = page.getElementsByTagName("svg");
        assertThat(drawings.getLength())
                .as("four charts of the split and three curves")
                .isEqualTo(7);
        assertThat(texts(page, "h2")).containsExactly("Split val, 4 images", "Training", "Worst cases", "Best cases");
    }

    @Test
    void everyCaseNameStandsInItAsText() throws Exception {
        String html = evaluation();
        assertThat(html).doesNotContain("<script").doesNotContain("<b>melanoma");
        List<String> cells = texts(parsed(html), "td");
        cases.forEach(each -> assertThat(cells).contains(each.name()));
        assertThat(cells).contains("<b>melanoma</b>", "naevus & co");
    }

    @Test
    void itLoadsNothing() throws Exception {
        for (String html : List.of(evaluation(), comparison())) {
            assertThat(html).doesNotContain("http", "url(", "@import", "<link", "<script");
            NodeList all = parsed(html).getElementsByTagName("*");
            for (int index = 0; index < all.getLength(); index++) {
                Element element = (Element) all.item(index);
                assertThat(element.hasAttribute("href")).isFalse();
                if (element.hasAttribute("src")) {
                    assertThat(element.getAttribute("src")).startsWith("data:");
                }
            }
        }
    }

    @Test
    void everyImageOfEveryClassIsADotOfTheDistribution() throws Exception {
        Element distribution =
                (Element) parsed(evaluation()).getElementsByTagName("svg").item(0);
        assertThat(distribution.getAttribute("aria-label")).isEqualTo("DSC of every image, sorted");
        assertThat(distribution.getElementsByTagName("circle").getLength()).isEqualTo(4 * 2);
        assertThat(texts(distribution, "title")).contains("case-3, <b>melanoma</b>: DSC 0.0000");
    }

    @Test
    void imagesWithoutALesionHaveNoPlaceAmongSizes() throws Exception {
        Element sizes =
                (Element) parsed(evaluation()).getElementsByTagName("svg").item(1);
        assertThat(texts(sizes, "title"))
                .containsExactly(
                        HOSTILE + ", naevus & co: 3 pixels, DSC 0.8000",
                        HOSTILE + ", <b>melanoma</b>: 1 pixels, DSC 0.6667",
                        "case-3, <b>melanoma</b>: 1 pixels, DSC 0.0000");
    }

    @Test
    void whatDoesNotExistIsADash() throws Exception {
        List<CaseAssessment> empty = List.of(assess("empty", "......", "......"));
        String html = evaluation(empty);
        List<String> cells = texts(parsed(html), "td");
        assertThat(cells).contains(Html.ABSENT);
        assertThat(html).doesNotContain("NaN", "Infinity", "Optional");
    }

    @Test
    void aComparisonShowsBothDrawingsAndEveryDifference() throws Exception {
        Document page = parsed(comparison());
        assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(2 * 4);
    }

    @Test
    void theBestEpochIsMarkedInEveryCurve() throws Exception {
        Document page = parsed(evaluation());
        for (int index = 4; index < 7; index++) {
            Element curve = (Element) page.getElementsByTagName("svg").item(index);
            assertThat(curve.getElementsByTagName("polyline").getLength())
                    .as("the curve, and the best epoch as a dashed line")
                    .isEqualTo(2);
        }
        assertThat(texts(page, "title"))
                .contains("best epoch 2: 0.750", "best epoch 2: 0.600", "best epoch 2: 0.00500");
    }

    @Test
    void aDrawingThatWouldBeLoadedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShownCase("val", "a", List.of("picture.png"), ""))
                .withMessageContaining("data addresses");
    }

    private String evaluation() {
        return evaluation(cases);
    }

    private static String evaluation(List<CaseAssessment> assessed) {
        TrainingCurve curve = new TrainingCurve(
                List.of(new TrainingCurve.Epoch(1, 1.5, 0.2, 0.01), new TrainingCurve.Epoch(2, 0.75, 0.6, 0.005)),
                OptionalInt.of(2));
        return new EvaluationReport(
                        "a&b@1",
                        0.5,
                        Map.of("val", SplitSummary.of(CLASSES, assessed, Bootstrap.DEFAULT)),
                        Map.of("val", assessed),
                        List.of(shown(HOSTILE)),
                        List.of(),
                        List.of(shown("case-2")),
                        Optional.of(curve))
                .html();
    }

    private String comparison() {
        List<CaseScore> a = cases.stream().map(CaseAssessment::score).toList();
        List<CaseScore> b = new ArrayList<>(a);
        b.set(2, new CaseScore(a.get(2).name(), a.get(1).counts()));
        return new ComparisonReport(
                        "a@1",
                        "a@2",
                        Map.of("val", PairedComparison.of(CLASSES, a, b, Bootstrap.DEFAULT)),
                        Map.of("val", a),
                        Map.of("val", b),
                        List.of(new ShownCase("val", HOSTILE, List.of("data:,a", "data:,b"), "DSC differs by 1")))
                .html();
    }

    private static ShownCase shown(String name) {
        return new ShownCase("val", name, List.of("data:image/png;base64,AA=="), "DSC 0.5");
    }

    private static CaseAssessment assess(String name, String predicted, String truth) {
        LabelMask mask = Masks.of(predicted);
        byte[] confidence = new byte[mask.labels().length];
        Arrays.fill(confidence, (byte) 200);
        PixelGrid image =
                new PixelGrid(1, mask.width(), 1, SampleType.UINT8, new byte[confidence.length], Optional.empty());
        return CaseAssessment.of(
                name,
                new Sample(image, Masks.of(truth)),
                new Segmentation(mask, confidence),
                CLASSES.size() + 1,
                LesionMatching.ANY_OVERLAP);
    }
}
