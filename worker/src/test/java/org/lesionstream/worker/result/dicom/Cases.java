package org.lesionstream.worker.result.dicom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.DicomCode;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.lesion.VolumeMeasurer;

/** Cases that are finished: sources, masks, and lesions as the worker measures them. */
final class Cases {

    static final LocalDateTime CREATED = LocalDateTime.of(2026, 11, 5, 6, 7, 8);
    static final CheckpointIdentity CHECKPOINT =
            new CheckpointIdentity("lung-nodules", 3, Digest.of("checkpoint".getBytes(UTF_8)));
    static final double[] AXIAL = {1, 0, 0, 0, 1, 0};
    static final int ROWS = 12;
    static final int COLUMNS = 15; // no multiple of 8: frames do not end with bytes

    private Cases() {}

    /** Four slices 2.5 mm apart with a nodule over three of them and a cyst in the last. */
    static CaseSegmentation ctSeries() {
        List<SegmentedImage> images = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SourceInstance source = SourceBuilder.ct(i + 1, ROWS, COLUMNS, new double[] {-30, -40, 10 + 2.5 * i}, AXIAL)
                    .read();
            byte[] labels = new byte[ROWS * COLUMNS];
            if (i > 0) {
                fill(labels, 2, 3, 4, 4, 1);
            }
            if (i == 3) {
                fill(labels, 8, 8, 2, 5, 2);
            }
            images.add(image(i + 1, source, 0, new LabelMask(ROWS, COLUMNS, labels), spacing(source, 0)));
        }
        return of(images, 2);
    }

    /** The same, measured as a volume. */
    static CaseSegmentation ctVolume() {
        return volume(ctSeries(), Optional.of(new VoxelSpacing(2.5, new PixelSpacing(0.5, 0.75))));
    }

    static CaseSegmentation volume(CaseSegmentation series, Optional<VoxelSpacing> spacing) {
        VolumeMeasurer measurer =
                new VolumeMeasurer(series.images().size(), series.rows(), series.columns(), LesionRules.ALL, spacing);
        series.images().forEach(image -> measurer.add(image.image() - 1, image.mask()));
        List<VolumeLesion> lesions = measurer.lesions();
        return new CaseSegmentation(
                series.workId(), series.checkpoint(), series.classes(), series.images(), Optional.of(lesions));
    }

    /** One colour picture without spacing, with two lesions. */
    static CaseSegmentation ultrasound() {
        byte[] labels = new byte[ROWS * COLUMNS];
        fill(labels, 1, 1, 3, 2, 1);
        fill(labels, 7, 9, 2, 4, 1);
        SourceInstance source = SourceBuilder.ultrasound(ROWS, COLUMNS).read();
        return of(List.of(image(1, source, 0, new LabelMask(ROWS, COLUMNS, labels), Optional.empty())), 1);
    }

    /** All frames of one object, with random masks. */
    static CaseSegmentation enhanced(int frames, Random random) {
        SourceInstance source = SourceBuilder.enhanced(ROWS, COLUMNS, frames).read();
        List<SegmentedImage> images = IntStream.range(0, frames)
                .mapToObj(frame ->
                        image(frame + 1, source, frame, randomMask(ROWS, COLUMNS, 3, random), spacing(source, frame)))
                .toList();
        return of(images, 3);
    }

    static CaseSegmentation of(List<SegmentedImage> images, int classes) {
        return new CaseSegmentation("case-1", CHECKPOINT, classes(classes), images, Optional.empty());
    }

    /** Classes of which the first has no code and the others have. */
    static List<ReportedClass> classes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(label -> ReportedClass.of(new SegmentClass(
                        label,
                        "class " + label,
                        label == 1 ? Optional.empty() : Optional.of(new DicomCode("SCT", "4147007" + label, "Mass")))))
                .toList();
    }

    static SegmentedImage image(
            int number, SourceInstance source, int frame, LabelMask mask, Optional<PixelSpacing> spacing) {
        List<LesionStatistics> lesions = LesionMeasurer.measure(
                LesionRules.ALL.apply(mask, spacing), mask, new byte[0], spacing, Optional.empty());
        return new SegmentedImage(number, source, frame, mask, lesions);
    }

    static Optional<PixelSpacing> spacing(SourceInstance source, int frame) {
        return source.place(frame).map(SourceInstance.Place::spacing);
    }

    /** Mostly background, so that some classes are not found in some masks. */
    static LabelMask randomMask(int rows, int columns, int classes, Random random) {
        byte[] labels = new byte[rows * columns];
        int dots = random.nextInt(6);
        for (int i = 0; i < dots; i++) {
            labels[random.nextInt(labels.length)] = (byte) (1 + random.nextInt(classes));
        }
        return new LabelMask(rows, columns, labels);
    }

    private static void fill(byte[] labels, int row, int column, int height, int width, int label) {
        for (int y = row; y < row + height; y++) {
            for (int x = column; x < column + width; x++) {
                labels[y * COLUMNS + x] = (byte) label;
            }
        }
    }
}
