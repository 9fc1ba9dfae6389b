package org.lesionstream.schemas.nifti;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.lesionstream.schemas.image.LabelMask;

/**
 * Writes masks of the slices of a volume as a label volume that lies on it.
 *
 * <ul>
 *   <li>Version, size, units, quaternion and affine are those of the source, number by number; none of its text goes along.
 *   <li>Voxels are bytes without scaling, 0 for background. Little endian. Equal masks give equal bytes.
 * </ul>
 */
public final class NiftiWriter {

    private static final int SERIES = 4;
    private static final int AXES = 7;

    private NiftiWriter() {}

    /**
     * A plain {@code .nii}.
     *
     * @param like header of the source
     * @param masks one for each of its frames, of the size of a slice
     */
    public static byte[] labels(NiftiHeader like, List<LabelMask> masks) {
        NiftiShape shape = like.shape();
        if (masks.size() != shape.frames()) {
            throw new IllegalArgumentException("masks must be " + shape.frames() + ", were " + masks.size());
        }
        ByteArrayOutputStream file =
                new ByteArrayOutputStream(Math.addExact(1024, Math.multiplyExact(shape.frames(), shape.pixels())));
        file.writeBytes(header(like));
        for (LabelMask mask : masks) {
            if (mask.height() != shape.rows() || mask.width() != shape.columns()) {
                throw new IllegalArgumentException(
                        "masks must be slices of " + shape + ", one was " + mask.height() + "x" + mask.width());
            }
            file.writeBytes(mask.labels());
        }
        return file.toByteArray();
    }

    private static byte[] header(NiftiHeader like) {
        NiftiShape shape = like.shape();
        NiftiVersion version = like.spatial().version();
        HeaderFields header = HeaderFields.blank(version);
        int[] lengths = {shape.columns(), shape.rows(), shape.slices(), shape.volumes(), 1, 1, 1};
        header.dimension(0, shape.volumes() > 1 ? SERIES : SERIES - 1);
        for (int axis = 1; axis <= AXES; axis++) {
            header.dimension(axis, lengths[axis - 1]);
        }
        header.type(VoxelType.UINT8);
        header.dataOffset(version.firstVoxel());
        header.real(version.scaling, 0, 1);
        like.spatial().copyTo(header);
        return header.copy();
    }

    /** The same file as {@code .nii.gz}. */
    public static byte[] gzip(byte[] file) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream deflating = new GZIPOutputStream(compressed)) {
            deflating.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return compressed.toByteArray();
    }
}
