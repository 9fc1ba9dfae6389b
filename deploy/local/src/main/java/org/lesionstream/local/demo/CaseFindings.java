package org.lesionstream.local.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lesionstream.local.report.Html;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.ShapeMeasures;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseVolume;

/**
 * What was measured in one case, as a table of its lesions and, where its images are slices, of those of the volume.
 *
 * <p>Lengths are in millimetres where the pixel spacing is known, else in pixels.
 *
 * @param images of the case that have a mask, by number
 */
record CaseFindings(CaseResult result, List<ScoredImage> images) {

    private static final List<String> COLUMNS =
            List.of("#image", "#class", "#area", "#longest x perpendicular", "#circularity", "#confidence");

    CaseFindings {
        images = List.copyOf(images);
    }

    /** The case that shows most: one with lesions in a volume before all others, then the one with most lesions. */
    static Optional<CaseFindings> choose(Answers answers, List<ScoredImage> images) {
        return images.stream()
                .map(image -> image.job().caseId())
                .distinct()
                .sorted()
                .flatMap(caseId -> answers.caseResult(caseId).stream())
                .filter(result -> result.lesionCount() > 0)
                .max(Comparator.<CaseResult>comparingInt(result ->
                                result.volume().map(CaseVolume::lesionCount).orElse(0))
                        .thenComparingInt(CaseResult::lesionCount))
                .map(result -> new CaseFindings(
                        result,
                        images.stream()
                                .filter(image -> image.job().caseId().equals(result.caseId()))
                                .sorted(Comparator.comparingInt(
                                        image -> image.job().image()))
                                .toList()));
    }

    /** The tables for a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("What was measured in " + result.caseId() + ", " + headline());
        lines.add("  image  class       area   longest x perpendicular  circularity  confidence");
        for (ScoredImage image : images) {
            for (LesionStatistics lesion : image.result().lesions()) {
                Row row = Row.of(image, lesion);
                lines.add("  %5s  %-7s %8s %-3s %15s %-2s %11s  %10s"
                        .formatted(
                                row.image,
                                row.className,
                                row.area,
                                row.squareUnit,
                                row.diameters,
                                row.unit,
                                row.circularity,
                                row.confidence));
            }
        }
        result.volume()
                .ifPresent(volume -> volume.lesions().forEach(lesion -> lines.add("  3-D    " + sentence(lesion))));
        lines.add("");
        return lines;
    }

    /** The tables for the page, with a picture of the first image. */
    String html() throws IOException {
        List<String> rows = new ArrayList<>();
        for (ScoredImage image : images) {
            for (LesionStatistics lesion : image.result().lesions()) {
                Row row = Row.of(image, lesion);
                rows.add(Html.row(
                        "#" + row.image,
                        "#" + Html.text(row.className),
                        "#" + row.area + " " + row.squareUnit,
                        "#" + row.diameters + " " + row.unit,
                        "#" + row.circularity,
                        "#" + row.confidence));
            }
        }
        StringBuilder html = new StringBuilder(Html.table(
                "One case, lesion by lesion", Html.text(result.caseId() + ", " + headline() + "."), COLUMNS, rows));
        result.volume().ifPresent(volume -> volume.lesions()
                .forEach(lesion -> html.append("<p class=\"hint\">In three dimensions: ")
                        .append(Html.text(sentence(lesion)))
                        .append("</p>\n")));
        ScoredImage first = images.get(0);
        return html.append("<div class=\"gallery\">\n")
                .append(Html.figure(
                        Overlay.of(
                                PictureFile.read(first.job().picture().image()).image(),
                                first.truth(),
                                first.found(),
                                diameters(first)),
                        "image 1 with outlines and longest diameters",
                        "image " + first.job().image() + ", longest diameters in white"))
                .append("</div>\n")
                .toString();
    }

    private String headline() {
        return result.volume()
                .map(volume -> "%d slices %s mm apart, %d lesions in the slices, %d in the volume"
                        .formatted(
                                result.images(),
                                Html.number("%.1f", volume.sliceSpacingMillimetres()),
                                result.lesionCount(),
                                volume.lesionCount()))
                .orElseGet(() -> result.images() + " images, " + result.lesionCount() + " lesions");
    }

    private static String sentence(VolumeLesion lesion) {
        return lesion.slices() + " slices, "
                + lesion.volumeCubicMillimetres()
                        .map(volume -> Html.number("%.1f mm³, longest diameter ", volume)
                                + Html.number(
                                        "%.1f mm",
                                        lesion.longestDiameterMillimetres().orElseThrow()))
                        .orElseGet(() -> lesion.voxels() + " voxels, longest diameter "
                                + Html.number("%.1f voxels", lesion.longestDiameterVoxels()));
    }

    private static List<LesionShape.DiameterEnds> diameters(ScoredImage image) {
        return image.result().lesions().stream()
                .flatMap(lesion -> lesion.shape().stream())
                .map(LesionShape::longest)
                .toList();
    }

    /** One lesion in words. */
    private record Row(
            String image,
            String className,
            String area,
            String squareUnit,
            String diameters,
            String unit,
            String circularity,
            String confidence) {

        static Row of(ScoredImage image, LesionStatistics lesion) {
            boolean measured = lesion.areaSquareMillimetres().isPresent();
            Optional<ShapeMeasures> shape =
                    lesion.shape().map(known -> measured ? known.millimetres().orElseThrow() : known.pixels());
            return new Row(
                    String.valueOf(image.job().image()),
                    image.result().totals().stream()
                            .filter(total -> total.label() == lesion.label())
                            .map(total -> total.name())
                            .findFirst()
                            .orElse(String.valueOf(lesion.label())),
                    lesion.areaSquareMillimetres()
                            .map(area -> Html.number("%.1f", area))
                            .orElseGet(() -> String.valueOf(lesion.areaPixels())),
                    measured ? "mm²" : "px",
                    shape.map(known -> Html.number("%.1f", known.longestDiameter())
                                    + Html.number(" x %.1f", known.perpendicularDiameter()))
                            .orElse("-"),
                    measured ? "mm" : "px",
                    shape.map(known -> Html.number("%.2f", known.circularity())).orElse("-"),
                    lesion.meanConfidence()
                            .map(mean -> Html.number("%.2f", mean))
                            .orElse("-"));
        }
    }
}
