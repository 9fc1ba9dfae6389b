package org.lesionstream.schemas.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;

/**
 * How stored values become samples of a picture: {@code value = step * sample + base}. One map serves all slices of a file, so that they can be compared.
 *
 * <ul>
 *   <li>Bytes without sign stay bytes; whole numbers of 8 and 16 bits stay what they are in {@link SampleType#INT16}, those without sign 32768 lower.
 *   <li>Wider ones stay what they are too if all are whole and at most 65535 apart, as labels and Hounsfield units in floating point are.
 *   <li>Otherwise the lowest finite value becomes -32768 and the highest 32767, and a value is recovered to half a step.
 *   <li>What is no number becomes the lowest value, as padding does; infinity becomes the value nearest to it.
 * </ul>
 *
 * @param lowest finite value
 * @param rescale from a sample to what it means in the file's own units
 * @param window what the file is shown by, if that meets its values; else 16-bit pictures are shown from the lowest to the highest value of the file
 */
record SampleMap(
        SampleType type,
        double lowest,
        double step,
        double base,
        Rescale rescale,
        Optional<IntensityRule.Window> window) {

    private static final int STEPS = 65535;
    private static final int HALF = 32768;

    static SampleMap of(NiftiHeader header, ByteBuffer voxels) {
        Rescale scaling = header.scaling();
        if (header.type() == VoxelType.UINT8) {
            return new SampleMap(SampleType.UINT8, 0, 1, 0, scaling, header.shown());
        }
        ValueRange range = ValueRange.of(header.type(), voxels);
        double step = step(header.type(), range);
        double base = base(header.type(), range, step);
        double slope = scaling.slope() * (step > 0 ? step : 1);
        double intercept = scaling.slope() * base + scaling.intercept();
        if (slope == 0 || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw Refusal.damaged("NIfTI values of slope " + slope + " and intercept " + intercept);
        }
        return new SampleMap(
                SampleType.INT16,
                range.lowest(),
                step > 0 ? step : 1,
                base,
                new Rescale(slope, intercept),
                window(header, range));
    }

    /** 0 where all values are one. */
    private static double step(VoxelType type, ValueRange range) {
        boolean near = range.whole() && range.highest() - range.lowest() <= STEPS;
        return type.bytes() <= 2 || near ? 1 : range.highest() / STEPS - range.lowest() / STEPS;
    }

    private static double base(VoxelType type, ValueRange range, double step) {
        if (type == VoxelType.UINT16) {
            return HALF;
        }
        boolean fits = range.lowest() >= Short.MIN_VALUE && range.highest() <= Short.MAX_VALUE;
        return type.bytes() <= 2 || (step == 1 && range.whole() && fits) ? 0 : range.lowest() + HALF * step;
    }

    private static Optional<IntensityRule.Window> window(NiftiHeader header, ValueRange range) {
        double one =
                header.scaling().slope() * range.lowest() + header.scaling().intercept();
        double other =
                header.scaling().slope() * range.highest() + header.scaling().intercept();
        double low = Math.min(one, other);
        double high = Math.max(one, other);
        boolean varied = low < high && Double.isFinite(low) && Double.isFinite(high);
        return header.shown()
                .filter(shown -> shown.low() < high && shown.high() > low)
                .or(() -> varied ? Optional.of(new IntensityRule.Window(low, high)) : Optional.empty());
    }

    /**
     * Samples in the layout of a picture.
     *
     * @param first number of the first voxel
     */
    byte[] samples(VoxelType stored, ByteBuffer voxels, int first, int count) {
        byte[] samples = new byte[count * type.bytesPerSample()];
        boolean asStored =
                stored == VoxelType.UINT8 || (stored == VoxelType.INT16 && voxels.order() == ByteOrder.LITTLE_ENDIAN);
        if (asStored) {
            voxels.get(first * stored.bytes(), samples);
            return samples;
        }
        ByteBuffer to = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            to.putShort(2 * i, sample(stored.value(voxels, first + i)));
        }
        return samples;
    }

    private short sample(double value) {
        double finite = Double.isNaN(value) ? lowest : value;
        double place = Math.floor((finite - base) / step + 0.5);
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, place));
    }
}
