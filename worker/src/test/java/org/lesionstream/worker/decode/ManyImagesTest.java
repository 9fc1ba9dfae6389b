package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.digest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.ImagePart;

class ManyImagesTest {

    @Test
    void numbersSlicesAlongTheirStack() {
        List<SlicePosition> slices = Stream.of(4.0, -2.0, 1.0)
                .map(position -> new SlicePosition(position, 3))
                .toList();

        List<ImagePart> parts =
                ManyImages.of(new SourceLayout(3, slices), digest("x")).parts();

        assertThat(parts).extracting(part -> part.frame().getAsInt()).containsExactly(2, 3, 1);
        assertThat(parts)
                .extracting(part -> part.slice().orElseThrow().position())
                .containsExactly(-2.0, 1.0, 4.0);
    }

    @Test
    void leavesOtherImagesInTheOrderOfTheSource() {
        assertThat(ManyImages.of(SourceLayout.of(3), digest("x")).parts())
                .extracting(part -> part.frame().getAsInt())
                .containsExactly(1, 2, 3);
    }
}
