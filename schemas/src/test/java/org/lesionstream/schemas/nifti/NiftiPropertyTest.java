package org.lesionstream.schemas.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/** Whatever is written is read: every type, byte order, version and packing. */
class NiftiPropertyTest {

    @Property(tries = 600)
    void givesBackWhatWasWritten(
            @ForAll VoxelType type,
            @ForAll boolean second,
            @ForAll boolean bigEndian,
            @ForAll boolean gzip,
            @ForAll boolean scaled,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 4) int slices,
            @ForAll @IntRange(min = 1, max = 3) int volumes,
            @ForAll int seed) {
        Random random = new Random(seed);
        int pixels = columns * rows;
        double[] stored = random.doubles((long) pixels * slices * volumes)
                .map(share -> value(type, share))
                .toArray();
        double slope = scaled ? (float) (random.nextGaussian() + 3) : 0;
        double intercept = scaled ? (float) (100 * random.nextGaussian()) : 0;
        TestNifti writer = TestNifti.of(type, columns, rows, slices, volumes)
                .second(second)
                .bigEndian(bigEndian)
                .scaling(slope, intercept)
                .extension(16 * random.nextInt(3));

        NiftiVolume volume = NiftiVolume.read(gzip ? writer.gzip(stored) : writer.file(stored), DecodeLimits.DEFAULT);

        assertThat(volume.header().shape()).isEqualTo(new NiftiShape(columns, rows, slices, volumes));
        double factor = scaled ? slope : 1;
        double tolerance = tolerance(type, stored) * Math.abs(factor);
        for (int frame = 0; frame < slices * volumes; frame++) {
            PixelGrid grid = volume.grid(OptionalInt.of(frame + 1));
            double[] values = volume.values(frame + 1);
            assertThat(grid.type()).isEqualTo(type == VoxelType.UINT8 ? SampleType.UINT8 : SampleType.INT16);
            for (int i = 0; i < pixels; i++) {
                double meant = factor * stored[frame * pixels + i] + intercept;
                double shown = grid.rescale().meaning(grid.sample(i / columns, i % columns, 0));
                assertThat(values[i]).isEqualTo(meant);
                assertThat(shown).isCloseTo(meant, within(tolerance + 1e-12 * Math.abs(meant) + 1e-9));
            }
        }
    }

    /** A value that the type can hold exactly. */
    private static double value(VoxelType type, double share) {
        return switch (type) {
            case UINT8 -> Math.floor(share * 256);
            case INT8 -> Math.floor(share * 256) - 128;
            case UINT16 -> Math.floor(share * 65536);
            case INT16 -> Math.floor(share * 65536) - 32768;
            case UINT32 -> Math.floor(share * 0x1p32);
            case INT32 -> Math.floor(share * 0x1p32) - 0x1p31;
            case UINT64 -> Math.floor(share * 0x1p53) * 0x1p11;
            case INT64 -> Math.floor(share * 0x1p53) * 0x1p10 - 0x1p62;
            case FLOAT32 -> (float) (2000 * share - 700);
            case FLOAT64 -> 2000 * share - 700;
        };
    }

    /** Half a step of a linear map from all values to 16 bits; none where types are that narrow. */
    private static double tolerance(VoxelType type, double[] stored) {
        if (type.bytes() <= 2) {
            return 0;
        }
        double range = Arrays.stream(stored).max().getAsDouble()
                - Arrays.stream(stored).min().getAsDouble();
        return range / 65535 / 2;
    }
}
