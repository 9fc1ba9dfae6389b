package org.lesionstream.worker.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.message.ImageSource;

class RememberedPixelsTest {

    private final List<ImageSource> asked = new ArrayList<>();
    private final RememberedPixels pixels = new RememberedPixels(this::decode);

    @Test
    void asksForEachSourceOnceAndGivesEveryoneItsOwnPixels() {
        SourceContent first = pixels.prepare(source(1));
        SourceContent second = pixels.prepare(source(2));

        assertThat(pixels.prepare(source(1))).isSameAs(first);
        assertThat(pixels.prepare(source(2))).isSameAs(second);
        assertThat(first).isNotEqualTo(second);
        assertThat(asked).containsExactly(source(1), source(2));
    }

    @Test
    void remembersNoMorePicturesThanMemoryIsFor() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i <= RememberedPixels.MOST; i++) {
                pixels.prepare(source(i));
            }
        }

        assertThat(asked).hasSize(RememberedPixels.MOST + 2).endsWith(source(RememberedPixels.MOST));
    }

    private DecodedImage decode(ImageSource source) {
        asked.add(source);
        PixelGrid grid = new PixelGrid(1, 1, 1, SampleType.UINT8, new byte[1], Optional.empty());
        return new DecodedImage(
                grid, Digest.of(source.uri().orElseThrow().toString().getBytes(UTF_8)));
    }

    private static ImageSource source(int number) {
        return ImageSource.at(URI.create("file:///images/" + number + ".png"));
    }
}
