package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.schemas.message.VolumeRefusal;

class SliceStackTest {
    private static final Optional<PixelSpacing> PIXELS = Optional.of(new PixelSpacing(0.7, 0.4));

    @Test
    void takesSlicesOfEitherDirectionWithGapsWhereImagesAreMissing() {
        assertThat(SliceStack.refusal(List.of(slice(1, 10), slice(2, 13), slice(5, 22))))
                .isEmpty();
        assertThat(SliceStack.refusal(List.of(slice(1, 10), slice(3, 4)))).isEmpty();
        SliceStack stack = SliceStack.of(List.of(slice(1, 10), slice(2, 13)));
        assertThat(stack.spacing().orElseThrow().voxelCubicMillimetres()).isEqualTo(3 * (0.7 * 0.4));
        assertThat(stack.height()).isEqualTo(20);
    }

    @Test
    void takesPositionsThatWereRounded() {
        assertThat(SliceStack.refusal(List.of(slice(1, 0), slice(2, 3.2), slice(3, 6.1))))
                .isEmpty();
    }

    @Test
    void makesAStackOfOneSliceAndOneWithoutPixelSpacing() {
        SliceStack.Slice unmeasured =
                new SliceStack.Slice(4, 20, 30, Optional.empty(), Optional.of(new SlicePosition(1, 3)));

        assertThat(SliceStack.refusal(List.of(unmeasured))).isEmpty();
        assertThat(SliceStack.of(List.of(unmeasured)).spacing()).isEmpty();
        assertThat(SliceStack.of(List.of(unmeasured)).sliceSpacing()).isEqualTo(3);
    }

    @Test
    void refusesASliceThatIsOutOfPlace() {
        assertThat(SliceStack.refusal(List.of(slice(1, 0), slice(2, 4)))).contains(VolumeRefusal.POSITIONS_DISAGREE);
        assertThat(SliceStack.refusal(List.of(slice(1, 0), slice(2, 3), slice(3, 0))))
                .contains(VolumeRefusal.POSITIONS_DISAGREE);
        assertThat(SliceStack.refusal(List.of(slice(1, 0), slice(2, 0)))).contains(VolumeRefusal.POSITIONS_DISAGREE);
    }

    @Test
    void refusesWhatIsNotOneStack() {
        SliceStack.Slice picture = new SliceStack.Slice(2, 20, 30, PIXELS, Optional.empty());
        SliceStack.Slice wider = new SliceStack.Slice(2, 20, 31, PIXELS, Optional.of(new SlicePosition(3, 3)));
        SliceStack.Slice thinner = new SliceStack.Slice(2, 20, 30, PIXELS, Optional.of(new SlicePosition(3, 2)));
        SliceStack.Slice unmeasured =
                new SliceStack.Slice(2, 20, 30, Optional.empty(), Optional.of(new SlicePosition(3, 3)));

        assertThat(SliceStack.refusal(List.of(slice(1, 0), picture))).contains(VolumeRefusal.NOT_ALL_ARE_SLICES);
        assertThat(SliceStack.refusal(List.of(slice(1, 0), wider))).contains(VolumeRefusal.SIZES_DIFFER);
        assertThat(SliceStack.refusal(List.of(slice(1, 0), thinner))).contains(VolumeRefusal.SPACINGS_DIFFER);
        assertThat(SliceStack.refusal(List.of(slice(1, 0), unmeasured))).contains(VolumeRefusal.SPACINGS_DIFFER);
    }

    /** Twenty rows of thirty pixels, three millimetres from one slice to the next. */
    private static SliceStack.Slice slice(int image, double position) {
        return new SliceStack.Slice(image, 20, 30, PIXELS, Optional.of(new SlicePosition(position, 3)));
    }
}
