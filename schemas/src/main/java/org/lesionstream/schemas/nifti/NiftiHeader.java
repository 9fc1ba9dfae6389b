package org.lesionstream.schemas.nifti;

import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.Rescale;

/**
 * What the header of a NIfTI volume says, read without looking at its voxels.
 *
 * <ul>
 *   <li>NIfTI-1 and NIfTI-2 in one file, in both byte orders, plain or gzip; pairs of {@code .hdr} and {@code .img} are refused.
 *   <li>Lengths are in millimetres, or absent where the file does not say what it measures in.
 *   <li>Places are those of the affine rows (sform), else of the quaternion (qform), else of the voxel sizes.
 *   <li>Immutable. Keeps none of the header's text.
 * </ul>
 */
public final class NiftiHeader {

    private final ByteOrder order;
    private final NiftiShape shape;
    private final VoxelType type;
    private final int dataOffset;
    private final Rescale scaling;
    private final Optional<IntensityRule.Window> shown;
    private final SpatialFields spatial;

    private NiftiHeader(HeaderFields fields, DecodeLimits limits) {
        NiftiVersion version = fields.version();
        this.order = fields.order();
        this.type = VoxelType.of(fields.datatype());
        this.shape = NiftiShape.of(fields, type, limits);
        this.dataOffset = dataOffset(fields, limits);
        this.scaling = scaling(fields.real(version.scaling, 0), fields.real(version.scaling, 1));
        this.shown = shown(fields.real(version.shownRange, 1), fields.real(version.shownRange, 0));
        this.spatial = SpatialFields.of(fields);
    }

    /** Whether the first bytes are those of gzip, in which no other volume comes, or of a NIfTI header or its ancestor's. */
    public static boolean recognises(byte[] bytes) {
        return NiftiBytes.areGzip(bytes) || HeaderFields.of(bytes).isPresent();
    }

    /**
     * Reads the header and inflates no more than that.
     *
     * @param bytes of the whole file
     * @throws ImageRefusedException if the file is no NIfTI, of a kind that is not read, damaged, or of more bytes or pixels than allowed
     */
    public static NiftiHeader read(byte[] bytes, DecodeLimits limits) {
        if (bytes.length > limits.maxBytes()) {
            throw new ImageRefusedException(Reason.TOO_MANY_BYTES, bytes.length + " of " + limits.maxBytes());
        }
        HeaderFields fields = HeaderFields.of(NiftiBytes.head(bytes, NiftiVersion.TWO.headerBytes))
                .orElseThrow(() -> Refusal.unsupported("no NIfTI header"));
        fields.check();
        return new NiftiHeader(fields, limits);
    }

    private static int dataOffset(HeaderFields fields, DecodeLimits limits) {
        int first = fields.version().firstVoxel();
        double offset = fields.dataOffset() == 0 ? first : fields.dataOffset();
        boolean possible = offset >= first && offset <= Math.min(limits.maxBytes(), Integer.MAX_VALUE);
        if (!possible || offset != Math.rint(offset)) {
            throw Refusal.damaged("NIfTI voxels at byte " + offset);
        }
        return (int) offset;
    }

    /** A slope of 0, and one that is no number, mean that stored values are meant as they are. */
    private static Rescale scaling(double slope, double intercept) {
        if (slope == 0 || !Double.isFinite(slope)) {
            return Rescale.NONE;
        }
        if (!Double.isFinite(intercept)) {
            throw Refusal.damaged("NIfTI values of slope " + slope + " and intercept " + intercept);
        }
        return new Rescale(slope, intercept);
    }

    private static Optional<IntensityRule.Window> shown(double low, double high) {
        boolean range = low < high && Double.isFinite(low) && Double.isFinite(high);
        return range ? Optional.of(new IntensityRule.Window(low, high)) : Optional.empty();
    }

    public NiftiShape shape() {
        return shape;
    }

    /** How a voxel is stored. */
    public VoxelType type() {
        return type;
    }

    /** What a stored value means. */
    public Rescale scaling() {
        return scaling;
    }

    /** How far rows and columns of a slice are apart; absent where the unit is unknown, sizes are impossible or pixels are no rectangles. */
    public Optional<PixelSpacing> pixelSpacing() {
        Optional<VoxelAffine> affine = spatial.affine().filter(VoxelAffine::rectangular);
        double unit = spatial.unit().millimetres().orElse(Double.NaN);
        return affine.map(known -> new double[] {
                    unit * known.alongColumn().length(), unit * known.alongRow().length()
                })
                .filter(pair -> pair[0] > 0 && pair[1] > 0 && pair[0] + pair[1] < Double.POSITIVE_INFINITY)
                .map(pair -> new PixelSpacing(pair[0], pair[1]));
    }

    /**
     * Where a slice lies; absent where the unit is unknown or nothing tells how far slices are apart.
     *
     * @param frame counted from 1; those of later volumes lie where those of the first one do
     */
    public Optional<SlicePlace> place(int frame) {
        if (frame < 1 || frame > shape.frames()) {
            throw new IllegalArgumentException("frame must be 1 to " + shape.frames() + ", was " + frame);
        }
        int slice = (frame - 1) % shape.slices();
        double unit = spatial.unit().millimetres().orElse(Double.NaN);
        return spatial.affine()
                .map(affine -> new double[] {unit * affine.position(slice), unit * affine.sliceDistance()})
                .filter(pair -> Double.isFinite(pair[0]) && pair[1] > 0 && Double.isFinite(pair[1]))
                .map(pair -> new SlicePlace(pair[0], pair[1]));
    }

    /** What one voxel covers: the determinant of the affine; absent where the unit is unknown or it is 0. */
    public OptionalDouble voxelCubicMillimetres() {
        double unit = spatial.unit().millimetres().orElse(Double.NaN);
        double volume = spatial.affine().map(VoxelAffine::volume).orElse(0.0) * unit * unit * unit;
        return volume > 0 && Double.isFinite(volume) ? OptionalDouble.of(volume) : OptionalDouble.empty();
    }

    ByteOrder order() {
        return order;
    }

    int dataOffset() {
        return dataOffset;
    }

    /** Which meanings a viewer shows from black to white, where the file tells. */
    Optional<IntensityRule.Window> shown() {
        return shown;
    }

    SpatialFields spatial() {
        return spatial;
    }
}
