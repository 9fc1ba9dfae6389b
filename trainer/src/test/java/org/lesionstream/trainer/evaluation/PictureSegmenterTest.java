package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.metric.PixelCounts;
import org.lesionstream.trainer.testing.DiscPictures;

class PictureSegmenterTest {

    private static final int THREE_CHANNELS = 3;

    @Test
    void tilesOfALargePictureComeBackTogether() {
        InputSpec tiles = InputSpec.tiles(32, 32, THREE_CHANNELS, 4, 8);
        Sample disc = DiscPictures.sample(70, 90, 1);
        List<Integer> calls = new ArrayList<>();
        TilePredictor darkness = together -> {
            calls.add(together.size());
            return together.stream().map(PictureSegmenterTest::darkPixels).toList();
        };
        Segmentation result = new PictureSegmenter(tiles, darkness, 0.5, 4).segment(disc.image());
        assertThat(result.mask()).isEqualTo(disc.mask());
        assertThat(calls).allSatisfy(size -> assertThat(size).isBetween(1, 4)).contains(4);
    }

    @Test
    void aFittedPictureIsDecidedAtItsOwnSize() {
        InputSpec fit = InputSpec.fit(32, 32, THREE_CHANNELS);
        Sample disc = DiscPictures.sample(64, 96, 2);
        TilePredictor darkness = together ->
                together.stream().map(PictureSegmenterTest::darkness).toList();
        Segmentation result = new PictureSegmenter(fit, darkness, 0.5, 4).segment(disc.image());
        CaseScore score = CaseScore.of("disc", result.mask(), disc.mask(), 2);
        assertThat(score.dice()).as("interpolated, so almost").isBetween(0.95, 1.0);
        assertThat(score.intersectionOverUnion()).isLessThanOrEqualTo(score.dice());
    }

    @Test
    void scoresOfASplitWeighEveryCaseAlike() {
        CaseScore perfect = new CaseScore("large", List.of(new PixelCounts(900, 0, 0, 100)));
        CaseScore missed = new CaseScore("small", List.of(new PixelCounts(0, 0, 100, 900)));
        SplitScore split = SplitScore.of(List.of(perfect, missed));
        assertThat(split.dice()).isEqualTo(0.5);
        assertThat(split.intersectionOverUnion()).isEqualTo(0.5);
        assertThat(split.pooledDice().get(1)).isEqualTo(1800.0 / 1900);
    }

    private static TileOutput darkPixels(byte[] tile) {
        byte[] labels = new byte[tile.length / THREE_CHANNELS];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = (byte) ((tile[pixel * THREE_CHANNELS] & 0xff) < 125 ? 1 : 0);
        }
        return new TileOutput.Labels(labels, labels.clone());
    }

    private static TileOutput darkness(byte[] tile) {
        byte[] planes = new byte[tile.length / THREE_CHANNELS];
        for (int pixel = 0; pixel < planes.length; pixel++) {
            planes[pixel] = (byte) Math.max(0, Math.min(255, 255 + 3 * (80 - (tile[pixel * THREE_CHANNELS] & 0xff))));
        }
        return new TileOutput.Probabilities(planes);
    }
}
