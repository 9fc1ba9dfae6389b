package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.schemas.image.LabelMask;

class BorderWeightMapTest {

    @Example
    void aGapWeighsByTheSumOfItsDistances() {
        LabelMask mask = new LabelMask(1, 6, new byte[] {1, 0, 0, 1, 0, 0});

        float[] weights = BorderWeightMap.parse("border:w0=10,sigma=5,class-weights=false")
                .of(mask, 2);

        assertThat(weights)
                .containsExactly(new float[] {1, gap(1 + 2), gap(2 + 1), 1, gap(1 + 4), gap(2 + 5)}, within(1e-5f));
    }

    @Example
    void classesWeighAlikeInEveryImage() {
        LabelMask mask = new LabelMask(1, 8, new byte[] {1, 0, 0, 0, 0, 2, 2, 3});
        BorderWeightMap plain = BorderWeightMap.parse("border:w0=0");

        assertThat(plain.of(mask, 4)).containsExactly(2, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1, 2);
        // two classes: whatever is not background is the other one
        assertThat(plain.of(mask, 2)).containsOnly(1);
    }

    @Example
    void aSingleObjectHasNoBorder() {
        LabelMask mask = new LabelMask(2, 2, new byte[] {1, 1, 0, 0});

        assertThat(BorderWeightMap.parse("border").of(mask, 2)).containsOnly(1);
        assertThat(BorderWeightMap.parse("border:everywhere=true").of(mask, 2)).containsOnly(1);
        assertThat(BorderWeightMap.parse("border").of(new LabelMask(1, 2, new byte[2]), 2))
                .containsOnly(0.5f);
    }

    @Property(tries = 300)
    void equalsTheDefinitionTakenLiterally(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 24) int height,
            @ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 0, max = 7) int objects,
            @ForAll @DoubleRange(min = 0.3, max = 6) double sigma,
            @ForAll boolean everywhere) {
        InstancePlane drawn = discs(new Random(seed), height, width, objects);
        InstancePlane apart = drawn.separated();
        LabelMask mask = maskOf(apart);
        BorderWeightMap map = new BorderWeightMap(10, sigma, true, everywhere);

        float[] weights = map.of(mask, 2, drawn);

        for (int pixel = 0; pixel < weights.length; pixel++) {
            double expected = literally(apart, mask, pixel, sigma, everywhere);
            assertThat((double) weights[pixel]).isCloseTo(expected, within(1e-6 + 1e-6 * expected));
        }
    }

    @Property(tries = 300)
    void distancesAreThoseOfTheNearestPixels(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int height,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @IntRange(min = 0, max = 40) int objects,
            @ForAll @DoubleRange(min = 0.5, max = 40) double reach) {
        // No separation: objects of many parts that lie within each other.
        Random random = new Random(seed);
        int[] ids = new int[height * width];
        Arrays.setAll(ids, pixel -> random.nextInt(4) == 0 ? random.nextInt(objects + 1) : 0);
        InstancePlane plane = new InstancePlane(height, width, ids);
        InstanceDistances distances = new InstanceDistances(plane, reach);
        for (int pixel = 0; pixel < ids.length; pixel++) {
            double[] two = nearestTwo(plane, pixel);

            boolean found = distances.measure(pixel / width, pixel % width);

            assertThat(found).isEqualTo(two[0] + two[1] <= reach);
            if (found) {
                assertThat(distances.nearest()).isEqualTo(two[0]);
                assertThat(distances.second()).isEqualTo(two[1]);
            }
        }
    }

    @Property(tries = 100)
    void regionsOfAMaskAreItsObjects(@ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int objects) {
        LabelMask mask = maskOf(discs(new Random(seed), 16, 20, objects).separated());
        BorderWeightMap map = BorderWeightMap.parse("border");

        assertThat(map.of(mask, 2)).isEqualTo(map.of(mask, 2, InstancePlane.ofRegions(mask)));
    }

    @Example
    void printsAndReadsItself() {
        BorderWeightMap map = BorderWeightMap.parse("border: sigma=2.5");

        assertThat(map).hasToString("border:class-weights=true,everywhere=false,sigma=2.5,w0=10");
        assertThat(BorderWeightMap.parse(map.toString())).isEqualTo(map);
    }

    @Example
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> BorderWeightMap.parse("edge"))
                .hasMessage("there is no weight map \"edge\", there is border");
        assertThatThrownBy(() -> BorderWeightMap.parse("border:w1=2"))
                .hasMessage("border has no option [w1], it has [class-weights, everywhere, sigma, w0]");
        assertThatThrownBy(() -> BorderWeightMap.parse("border:sigma=0"))
                .hasMessage("sigma must be positive and finite, was 0.0");
        assertThatThrownBy(() -> BorderWeightMap.parse("border:w0=-1"))
                .hasMessage("w0 must be finite and not negative, was -1.0");
        LabelMask mask = new LabelMask(1, 2, new byte[2]);
        BorderWeightMap map = BorderWeightMap.parse("border");
        assertThatThrownBy(() -> map.of(mask, 1)).hasMessage("classes must be at least 2, were 1");
        assertThatThrownBy(() -> map.of(mask, 2, new InstancePlane(2, 1, new int[2])))
                .hasMessageContaining("instances must have the size of the mask");
    }

    private static float gap(double sum) {
        return (float) (1 + 10 * Math.exp(-sum * sum / 50));
    }

    private static double literally(InstancePlane apart, LabelMask mask, int pixel, double sigma, boolean everywhere) {
        long foreground = 0;
        for (byte label : mask.labels()) {
            foreground += label;
        }
        int label = mask.labels()[pixel];
        double alike = label == 1 ? foreground : mask.labels().length - foreground;
        double weight = mask.labels().length / (2 * alike);
        double[] two = nearestTwo(apart, pixel);
        double sum = two[0] + two[1];
        return everywhere || label == 0 ? weight + 10 * Math.exp(-sum * sum / (2 * sigma * sigma)) : weight;
    }

    /** Distances to the two nearest objects, looking at every pixel; infinite where there are fewer. */
    private static double[] nearestTwo(InstancePlane plane, int pixel) {
        TreeMap<Integer, Double> nearest = new TreeMap<>();
        for (int other = 0; other < plane.ids().length; other++) {
            if (plane.ids()[other] != 0) {
                int down = other / plane.width() - pixel / plane.width();
                int right = other % plane.width() - pixel % plane.width();
                nearest.merge(plane.ids()[other], Math.sqrt(down * down + right * right), Math::min);
            }
        }
        double[] sorted = nearest.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double[] two = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        System.arraycopy(sorted, 0, two, 0, Math.min(2, sorted.length));
        return two;
    }

    private static InstancePlane discs(Random random, int height, int width, int objects) {
        int[] ids = new int[height * width];
        for (int id = 1; id <= objects; id++) {
            int row = random.nextInt(height);
            int column = random.nextInt(width);
            int radius = random.nextInt(6);
            for (int pixel = 0; pixel < ids.length; pixel++) {
                int down = pixel / width - row;
                int right = pixel % width - column;
                if (down * down + right * right <= radius * radius) {
                    ids[pixel] = id;
                }
            }
        }
        return new InstancePlane(height, width, ids);
    }

    private static LabelMask maskOf(InstancePlane plane) {
        byte[] labels = new byte[plane.ids().length];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = (byte) (plane.ids()[pixel] == 0 ? 0 : 1);
        }
        return new LabelMask(plane.height(), plane.width(), labels);
    }
}
