package org.lesionstream.worker.result.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.worker.decode.dicom.DicomTree;

/** A ball in the patient is sliced in any direction, and comes back from the segmentation where it was. */
class SegmentGeometryTest {

    private static final double[] CENTRE = {12, -7, 31};
    private static final double RADIUS = 6;
    private static final int SIDE = 40;
    private static final int SLICES = 20;
    private static final double DISTANCE = 1.5;

    static Stream<double[]> orientations() {
        double c = Math.cos(0.4);
        double s = Math.sin(0.4);
        return Stream.of(
                new double[] {1, 0, 0, 0, 1, 0}, // axial
                new double[] {0, 1, 0, 0, 0, -1}, // sagittal
                new double[] {1, 0, 0, 0, 0, -1}, // coronal
                new double[] {-1, 0, 0, 0, 1, 0}, // columns turned round
                new double[] {1, 0, 0, 0, -1, 0}, // rows turned round
                new double[] {0, 1, 0, 1, 0, 0}, // rows and columns exchanged
                new double[] {0, -1, 0, 1, 0, 0}, // turned by a right angle
                new double[] {c, s, 0, -s, c, 0}, // turned in the plane
                new double[] {c, 0, s, 0, 1, 0}, // tilted
                new double[] {c, s * s, s * c, 0, c, -s}); // tilted about two axes
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void bringsALesionBackToItsPlace(double[] orientation) {
        List<SegmentedImage> images = slices(orientation, false);
        WrittenSegmentation written = WrittenSegmentation.of(DicomResults.of(Cases.of(images, 1), Cases.CREATED));

        List<double[]> pixels = foreground(written);
        double volume = pixels.size() * 0.5 * 0.75 * DISTANCE;
        assertThat(volume).isCloseTo(4.0 / 3 * Math.PI * RADIUS * RADIUS * RADIUS, within(0.03 * volume));
        for (int axis = 0; axis < 3; axis++) {
            int number = axis;
            assertThat(pixels.stream()
                            .mapToDouble(pixel -> pixel[number])
                            .average()
                            .orElseThrow())
                    .isCloseTo(CENTRE[axis], within(0.1));
        }
        assertThat(pixels).allSatisfy(pixel -> assertThat(distance(pixel)).isLessThanOrEqualTo(RADIUS + 1e-6));
        assertThat(Double.parseDouble(written.tree()
                        .item(Attribute.SHARED_FUNCTIONAL_GROUPS_SEQUENCE.tag())
                        .item(Attribute.PIXEL_MEASURES_SEQUENCE.tag())
                        .text(Attribute.SPACING_BETWEEN_SLICES.tag())))
                .isCloseTo(DISTANCE, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void doesNotCareInWhichOrderSlicesCome(double[] orientation) {
        WrittenSegmentation upwards =
                WrittenSegmentation.of(DicomResults.of(Cases.of(slices(orientation, false), 1), Cases.CREATED));
        WrittenSegmentation downwards =
                WrittenSegmentation.of(DicomResults.of(Cases.of(slices(orientation, true), 1), Cases.CREATED));

        assertThat(downwards.frames()).hasSameSizeAs(upwards.frames());
        assertThat(foreground(downwards)).containsExactlyElementsOf(foreground(upwards));
        assertThat(downwards.frames().stream().map(WrittenSegmentation.Frame::instanceUid))
                .containsExactlyElementsOf(upwards.frames().stream()
                        .map(WrittenSegmentation.Frame::instanceUid)
                        .toList());
    }

    @Test
    void tellsNoDistanceWhereASliceIsMissing() {
        List<SegmentedImage> images = slices(Cases.AXIAL, false);
        images.remove(SLICES / 2);
        WrittenSegmentation written = WrittenSegmentation.of(DicomResults.of(Cases.of(images, 1), Cases.CREATED));
        DicomTree measures = written.tree()
                .item(Attribute.SHARED_FUNCTIONAL_GROUPS_SEQUENCE.tag())
                .item(Attribute.PIXEL_MEASURES_SEQUENCE.tag());

        assertThat(measures.has(Attribute.SPACING_BETWEEN_SLICES.tag())).isFalse();
        assertThat(foreground(written))
                .allSatisfy(pixel -> assertThat(distance(pixel)).isLessThanOrEqualTo(RADIUS + 1e-6));
    }

    @Test
    void placesSlicesOfSeveralDirectionsOneByOne() {
        List<SegmentedImage> images = new ArrayList<>();
        int number = 0;
        for (double[] orientation : orientations().limit(3).toList()) {
            images.add(slice(++number, orientation, SLICES / 2));
        }
        WrittenSegmentation written = WrittenSegmentation.of(DicomResults.of(Cases.of(images, 1), Cases.CREATED));

        assertThat(written.frames()).hasSize(3);
        assertThat(foreground(written)).isNotEmpty().allSatisfy(pixel -> assertThat(distance(pixel))
                .isLessThanOrEqualTo(RADIUS + 1e-6));
    }

    @Test
    void fallsBackToASequenceOfImagesWhereOneHasNoPlace() {
        SourceInstance placed =
                SourceBuilder.ct(1, 4, 5, new double[] {0, 0, 0}, Cases.AXIAL).read();
        SourceInstance unplaced = SourceBuilder.ct(2, 4, 5, new double[] {0, 0, 1}, Cases.AXIAL)
                .without(0x0020_0032)
                .read();
        SourceInstance elsewhere = SourceBuilder.ct(2, 4, 5, new double[] {0, 0, 1}, Cases.AXIAL)
                .text(0x0020_0052, "UI", "1.2.99")
                .read();
        LabelMask mask = new LabelMask(4, 5, filled(20));
        for (SourceInstance other : List.of(unplaced, elsewhere)) {
            List<SegmentedImage> images = List.of(
                    Cases.image(1, placed, 0, mask, Optional.empty()),
                    Cases.image(2, other, 0, mask, Optional.empty()));
            DicomTree tree = WrittenSegmentation.of(DicomResults.of(Cases.of(images, 1), Cases.CREATED))
                    .tree();

            assertThat(tree.has(Attribute.FRAME_OF_REFERENCE_UID.tag())).isFalse();
            assertThat(tree.items(Attribute.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE.tag()))
                    .hasSize(2)
                    .allSatisfy(group -> {
                        assertThat(group.has(Attribute.PLANE_POSITION_SEQUENCE.tag()))
                                .isFalse();
                        assertThat(group.item(Attribute.FRAME_CONTENT_SEQUENCE.tag())
                                        .has(Attribute.IN_STACK_POSITION_NUMBER.tag()))
                                .isTrue();
                    });
        }
    }

    @Test
    void ordersSlicesInOnePlaceAsTheyCome() {
        List<SegmentedImage> images = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            SourceInstance source = SourceBuilder.ct(i, 4, 5, new double[] {0, 0, 7}, Cases.AXIAL)
                    .read();
            images.add(Cases.image(i, source, 0, new LabelMask(4, 5, filled(20)), Optional.empty()));
        }
        Stack stack = Stack.of(images);

        assertThat(stack.places()).containsExactly(1, 2, 3);
        assertThat(stack.distance()).isEmpty();
    }

    /** Slices through the ball; the same pictures whichever number they have in the case. */
    private static List<SegmentedImage> slices(double[] orientation, boolean reversed) {
        List<SegmentedImage> images = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            images.add(slice(reversed ? SLICES - i : i + 1, orientation, i));
        }
        if (reversed) {
            Collections.reverse(images);
        }
        return images;
    }

    private static SegmentedImage slice(int number, double[] o, int index) {
        double[] normal = {
            o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3],
        };
        Random nudge = new Random(5); // the ball lies anywhere within a voxel
        double down = -SIDE / 2.0 * 0.5 + nudge.nextDouble();
        double right = -SIDE / 2.0 * 0.75 + nudge.nextDouble();
        double up = (index - SLICES / 2.0) * DISTANCE + nudge.nextDouble();
        double[] corner = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            corner[axis] = CENTRE[axis] + right * o[axis] + down * o[3 + axis] + up * normal[axis];
        }
        byte[] labels = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double[] place = new double[3];
                for (int axis = 0; axis < 3; axis++) {
                    place[axis] = corner[axis] + 0.75 * column * o[axis] + 0.5 * row * o[3 + axis];
                }
                labels[row * SIDE + column] = (byte) (distance(place) <= RADIUS ? 1 : 0);
            }
        }
        SourceInstance source =
                SourceBuilder.ct(100 + index, SIDE, SIDE, corner, o).read();
        return Cases.image(number, source, 0, new LabelMask(SIDE, SIDE, labels), Optional.empty());
    }

    private static List<double[]> foreground(WrittenSegmentation written) {
        List<double[]> pixels = new ArrayList<>();
        for (WrittenSegmentation.Frame frame : written.frames()) {
            for (int i = 0; i < frame.bits().length; i++) {
                if (frame.bits()[i] == 1) {
                    pixels.add(written.place(frame.index(), i / SIDE, i % SIDE));
                }
            }
        }
        return pixels;
    }

    private static double distance(double[] place) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            sum += (place[axis] - CENTRE[axis]) * (place[axis] - CENTRE[axis]);
        }
        return Math.sqrt(sum);
    }

    private static byte[] filled(int count) {
        byte[] labels = new byte[count];
        Arrays.fill(labels, (byte) 1);
        return labels;
    }
}
