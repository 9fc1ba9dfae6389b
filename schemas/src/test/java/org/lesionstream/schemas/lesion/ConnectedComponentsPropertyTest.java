package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.schemas.image.LabelMask;

/** Against a flood fill that is too slow to be wrong. */
class ConnectedComponentsPropertyTest {

    @Property(tries = 1000)
    void findsTheRegionsOfAFloodFill(
            @ForAll @IntRange(min = 1, max = 24) int height,
            @ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 1, max = 3) int classes,
            @ForAll @IntRange(min = 1, max = 9) int density,
            @ForAll long seed) {
        Random random = new Random(seed);
        byte[] labels = new byte[height * width];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (random.nextInt(10) < density ? 1 + random.nextInt(classes) : 0);
        }
        LabelMask mask = new LabelMask(height, width, labels);
        List<Region> regions = ConnectedComponents.of(mask);
        assertThat(regions.stream().map(region -> pixels(region, width)).toList())
                .isEqualTo(flooded(mask));
        checkMeasures(regions, mask);
    }

    private static void checkMeasures(List<Region> regions, LabelMask mask) {
        List<LesionStatistics> lesions =
                LesionMeasurer.measure(regions, mask, mask.labels(), Optional.empty(), Optional.empty());
        for (int i = 0; i < regions.size(); i++) {
            LesionStatistics lesion = lesions.get(i);
            List<Integer> pixels = List.copyOf(pixels(regions.get(i), mask.width()));
            assertThat(lesion.index()).isEqualTo(i + 1);
            assertThat(lesion.areaPixels()).isEqualTo(pixels.size());
            var rows = pixels.stream().mapToInt(pixel -> pixel / mask.width()).summaryStatistics();
            var columns =
                    pixels.stream().mapToInt(pixel -> pixel % mask.width()).summaryStatistics();
            assertThat(lesion.centroidRow()).isEqualTo(rows.getAverage());
            assertThat(lesion.centroidColumn()).isEqualTo(columns.getAverage());
            assertThat(List.of(lesion.minRow(), lesion.minColumn(), lesion.maxRow(), lesion.maxColumn()))
                    .containsExactly(rows.getMin(), columns.getMin(), rows.getMax() + 1, columns.getMax() + 1);
            assertThat(lesion.meanConfidence()).hasValue(lesion.label() / 255.0); // labels served as confidence
        }
    }

    private static Set<Integer> pixels(Region region, int width) {
        Set<Integer> pixels = new TreeSet<>();
        for (int run = 0; run < region.runs(); run++) {
            for (int c = region.start(run); c < region.end(run); c++) {
                assertThat(pixels.add(region.row(run) * width + c)).isTrue();
            }
        }
        return pixels;
    }

    private static List<Set<Integer>> flooded(LabelMask mask) {
        List<Set<Integer>> regions = new ArrayList<>();
        boolean[] seen = new boolean[mask.labels().length];
        for (int label = 1; label < 256; label++) {
            for (int start = 0; start < seen.length; start++) {
                if (!seen[start] && (mask.labels()[start] & 0xff) == label) {
                    regions.add(flood(mask, start, seen));
                }
            }
        }
        return regions;
    }

    private static Set<Integer> flood(LabelMask mask, int start, boolean[] seen) {
        Set<Integer> region = new TreeSet<>();
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        while (!open.isEmpty()) {
            int pixel = open.pop();
            region.add(pixel);
            int row = pixel / mask.width();
            int column = pixel % mask.width();
            for (int r = Math.max(0, row - 1); r <= Math.min(mask.height() - 1, row + 1); r++) {
                for (int c = Math.max(0, column - 1); c <= Math.min(mask.width() - 1, column + 1); c++) {
                    int next = r * mask.width() + c;
                    if (!seen[next] && mask.labels()[next] == mask.labels()[start]) {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        return region;
    }
}
