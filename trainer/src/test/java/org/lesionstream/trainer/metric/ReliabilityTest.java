package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.Segmentation;

class ReliabilityTest {
    private static final int PIXELS = 200_000;

    @Test
    void aNetworkThatIsRightAsOftenAsItSaysHasNoError() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] confidence = new byte[PIXELS];
        byte[] truth = new byte[PIXELS];
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            int level = 128 + random.nextInt(128);
            confidence[pixel] = (byte) level;
            truth[pixel] = (byte) (random.nextInt(255) < level ? 1 : 0);
        }
        Reliability reliability = of(ones(PIXELS), confidence, truth);
        assertThat(reliability.expectedCalibrationError().orElseThrow()).isLessThan(0.01);
        assertThat(reliability.pixels()).isEqualTo(PIXELS);
    }

    @Test
    void anOverconfidentOneIsOffByWhatItClaimsTooMuch() {
        // ten pixels at 255 / 255 of which six are right: |0.6 - 1|; ten at 153 / 255 = 0.6 of which three are: |0.3 -
        // 0.6|
        byte[] confidence = new byte[20];
        Arrays.fill(confidence, 0, 10, (byte) 255);
        Arrays.fill(confidence, 10, 20, (byte) 153);
        byte[] truth = new byte[20];
        Arrays.fill(truth, 0, 6, (byte) 1);
        Arrays.fill(truth, 10, 13, (byte) 1);
        Reliability reliability = of(ones(20), confidence, truth);
        assertThat(reliability.expectedCalibrationError().orElseThrow()).isCloseTo((0.4 + 0.3) / 2, within(1e-12));
        Reliability.Bin last = reliability.bins().get(9);
        assertThat(last.accuracy()).hasValue(0.6);
        assertThat(last.confidence()).hasValue(1);
        assertThat(reliability.bins().get(6).pixels())
                .as("0.6 begins the seventh bin")
                .isEqualTo(10);
        assertThat(reliability.bins().get(0).accuracy()).as("an empty bin").isEmpty();
    }

    @Test
    void onlyTheDecidedLabelsThatAreAskedForTakePart() {
        byte[] labels = {0, 1, 2, 0};
        byte[] confidence = {(byte) 255, (byte) 255, (byte) 255, (byte) 255};
        byte[] truth = {0, 0, 2, 1};
        Reliability lesion = Reliability.of(
                new Segmentation(new LabelMask(1, 4, labels), confidence),
                new LabelMask(1, 4, truth),
                label -> label > 0);
        assertThat(lesion.bins().get(9)).isEqualTo(new Reliability.Bin(2, 1, 510));
        assertThat(lesion.plus(lesion).bins().get(9)).isEqualTo(new Reliability.Bin(4, 2, 1020));
    }

    @Test
    void ofNoPixelThereIsNoError() {
        assertThat(Reliability.NONE.expectedCalibrationError()).isEmpty();
    }

    private static Reliability of(byte[] labels, byte[] confidence, byte[] truth) {
        return Reliability.of(
                new Segmentation(new LabelMask(1, labels.length, labels), confidence),
                new LabelMask(1, truth.length, truth),
                label -> true);
    }

    private static byte[] ones(int count) {
        byte[] ones = new byte[count];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }
}
