package org.lesionstream.trainer.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.lesion.ConnectedComponents;

class PhantomGeneratorTest {

    private static final PhantomSettings SETTINGS = new PhantomSettings(200, 7, 96, 1, 0.2);
    private static final PhantomGenerator GENERATOR = new PhantomGenerator(SETTINGS);

    @Test
    void makesExactlyTheCountAskedForAndTearsNoCase() {
        List<PhantomCase> cases = GENERATOR.cases();
        assertThat(cases.stream().mapToInt(PhantomCase::slices).sum()).isEqualTo(200);
        assertThat(cases.stream().filter(PhantomCase::validation).count()).isEqualTo(Math.round(0.2 * cases.size()));
        assertThat(cases).anyMatch(drawn -> drawn.slices() > 1).anyMatch(drawn -> drawn.slices() == 1);
        assertThat(cases.stream().map(PhantomCase::name)).doesNotHaveDuplicates();
    }

    @Test
    void makesBothPartsOfTwoCases() {
        List<PhantomCase> two = new PhantomGenerator(new PhantomSettings(2, 3, 32, 1, 0.01)).cases();
        assertThat(two.stream().map(PhantomCase::validation)).containsExactly(false, true);
        List<PhantomCase> one = new PhantomGenerator(new PhantomSettings(1, 3, 32, 1, 0.9)).cases();
        assertThat(one.stream().map(PhantomCase::validation)).containsExactly(false);
    }

    @Test
    void leavesEarlierCasesAloneWhenMoreAreWanted() {
        PhantomGenerator more = new PhantomGenerator(new PhantomSettings(500, 7, 96, 1, 0.5));
        for (int i = 0; i < 5; i++) {
            assertThat(more.paint(more.cases().get(i)))
                    .isEqualTo(GENERATOR.paint(GENERATOR.cases().get(i)));
        }
    }

    @Test
    void makesOtherPicturesFromAnotherSeed() {
        PhantomGenerator other = new PhantomGenerator(new PhantomSettings(200, 8, 96, 1, 0.2));
        assertThat(other.paint(other.cases().get(0)))
                .isNotEqualTo(GENERATOR.paint(GENERATOR.cases().get(0)));
    }

    @Test
    void variesCountAndSizeAndShowsPicturesWithoutLesion() {
        List<LabelMask> masks = phantoms().stream().map(Phantom::mask).toList();
        List<Integer> counts = masks.stream()
                .map(mask -> ConnectedComponents.of(mask).size())
                .distinct()
                .toList();
        assertThat(counts).contains(0, 1, 2, 3);
        long empty = masks.stream().filter(mask -> foreground(mask) == 0).count();
        assertThat(empty).isBetween(10L, 50L);
        assertThat(masks.stream()
                        .mapToLong(PhantomGeneratorTest::foreground)
                        .max()
                        .orElseThrow())
                .isGreaterThan(96 * 96 / 8);
    }

    /** In a volume a lesion appears, grows, shrinks: neighbouring slices are alike, distant ones are not. */
    @Test
    void changesLesionsGraduallyOverTheSlicesOfAVolume() {
        double neighbours = 0;
        double ends = 0;
        int pairs = 0;
        int volumes = 0;
        for (PhantomCase drawn : GENERATOR.cases()) {
            List<Phantom> slices = GENERATOR.paint(drawn);
            if (slices.size() < 4 || slices.stream().allMatch(slice -> foreground(slice.mask()) == 0)) {
                continue;
            }
            for (int i = 1; i < slices.size(); i++) {
                neighbours += dice(slices.get(i - 1).mask(), slices.get(i).mask());
                pairs++;
            }
            ends += dice(slices.get(0).mask(), slices.get(slices.size() - 1).mask());
            volumes++;
        }
        assertThat(volumes).isPositive();
        assertThat(neighbours / pairs).isGreaterThan(0.6);
        assertThat(ends / volumes).isLessThan(neighbours / pairs - 0.2);
    }

    /** Whoever could be solved by one grey level would prove nothing about a network. */
    @Test
    void cannotBeSolvedByAThreshold() {
        List<Phantom> phantoms = phantoms().stream()
                .filter(phantom -> foreground(phantom.mask()) > 0)
                .toList();
        double best = 0;
        for (int threshold = 0; threshold < 256; threshold += 4) {
            double sum = 0;
            for (Phantom phantom : phantoms) {
                sum += dice(darkerThan(threshold, phantom), phantom.mask());
            }
            best = Math.max(best, sum / phantoms.size());
        }
        assertThat(best).isBetween(0.1, 0.6);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new PhantomSettings(0, 1, 96, 1, 0.2)).hasMessage("count must be positive, was 0");
        assertThatThrownBy(() -> new PhantomSettings(1, 1, 96, 2, 0.2)).hasMessage("channels must be 1 or 3, was 2");
        assertThatThrownBy(() -> new PhantomSettings(1, 1, 96, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Phantom> phantoms() {
        return GENERATOR.cases().stream()
                .flatMap(drawn -> GENERATOR.paint(drawn).stream())
                .toList();
    }

    private static LabelMask darkerThan(int threshold, Phantom phantom) {
        byte[] labels = new byte[phantom.mask().labels().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) ((phantom.picture().samples()[i] & 0xff) < threshold ? 1 : 0);
        }
        return new LabelMask(phantom.mask().height(), phantom.mask().width(), labels);
    }

    private static long foreground(LabelMask mask) {
        long count = 0;
        for (byte label : mask.labels()) {
            count += label;
        }
        return count;
    }

    private static double dice(LabelMask one, LabelMask other) {
        long both = 0;
        for (int i = 0; i < one.labels().length; i++) {
            both += one.labels()[i] & other.labels()[i];
        }
        long sum = foreground(one) + foreground(other);
        return sum == 0 ? 1 : 2.0 * both / sum;
    }
}
