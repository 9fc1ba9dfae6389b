package org.lesionstream.schemas.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Rescale;

/**
 * A NIfTI volume in memory: read and inflated once, its slices given out one at a time as pictures.
 *
 * <ul>
 *   <li>A picture is a slice across the third axis. Its columns run along the first axis of the file and its rows along the second, so its pixels lie in the order
 *       of the file and a mask of it is a slice of a label volume without any turning. Viewers that put the patient upright may show it turned.
 *   <li>Frames are counted from 1; those of a series of volumes run through one volume after the other:
 *       {@code frame = volume * slices + slice + 1}, volume and slice counted from 0.
 *   <li>How values become samples says {@link SampleMap}: a picture's rescale gives them back in the units of the file.
 *   <li>Keeps the bytes of a plain file, or those inflated from gzip, at most {@link DecodeLimits#maxBytes()}. Not changed after its construction; frames may
 *       be asked for by several threads.
 * </ul>
 */
public final class NiftiVolume {

    private final NiftiHeader header;
    private final ByteBuffer voxels;
    private final SampleMap map;

    private NiftiVolume(NiftiHeader header, ByteBuffer voxels) {
        this.header = header;
        this.voxels = voxels;
        this.map = SampleMap.of(header, voxels);
    }

    /**
     * Reads a volume.
     *
     * @param bytes of the whole file; must not be changed as long as the volume is in use
     * @throws ImageRefusedException if the file is no NIfTI, of a kind that is not read, damaged, or of more bytes or pixels than allowed
     */
    public static NiftiVolume read(byte[] bytes, DecodeLimits limits) {
        NiftiHeader header = NiftiHeader.read(bytes, limits);
        NiftiShape shape = header.shape();
        int count = shape.pixels() * shape.frames() * header.type().bytes();
        ByteBuffer voxels = NiftiBytes.part(bytes, header.dataOffset(), count, limits.startTimer());
        return new NiftiVolume(header, voxels.order(header.order()));
    }

    public NiftiHeader header() {
        return header;
    }

    /** Bytes of all voxels. */
    public int bytes() {
        return voxels.capacity();
    }

    /**
     * One slice as a picture.
     *
     * @param frame which one, counted from 1; empty where there must be one alone
     * @throws ImageRefusedException if there is no such frame, or there are several and none is named
     */
    public PixelGrid grid(OptionalInt frame) {
        int frames = header.shape().frames();
        if (frame.isEmpty() && frames > 1) {
            throw new ImageRefusedException(Reason.MANY_IMAGES, frames + " slices");
        }
        return grid(frame.orElse(1));
    }

    private PixelGrid grid(int frame) {
        NiftiShape shape = header.shape();
        byte[] samples = map.samples(header.type(), voxels, first(frame), shape.pixels());
        return new PixelGrid(
                shape.rows(),
                shape.columns(),
                1,
                map.type(),
                map.rescale(),
                samples,
                header.pixelSpacing(),
                map.window());
    }

    /**
     * The values of a slice in the units of the file, row by row.
     *
     * @param frame counted from 1
     */
    public double[] values(int frame) {
        double[] values = new double[header.shape().pixels()];
        int first = first(frame);
        Rescale scaling = header.scaling();
        for (int i = 0; i < values.length; i++) {
            values[i] = scaling.slope() * header.type().value(voxels, first + i) + scaling.intercept();
        }
        return values;
    }

    /**
     * The values of a slice as they are stored, little endian whatever the file is, row by row.
     *
     * @param frame counted from 1
     */
    public byte[] stored(int frame) {
        int width = header.type().bytes();
        byte[] stored = new byte[header.shape().pixels() * width];
        voxels.get(first(frame) * width, stored);
        if (header.order() == ByteOrder.BIG_ENDIAN) {
            turnRound(stored, width);
        }
        return stored;
    }

    private static void turnRound(byte[] values, int width) {
        for (int value = 0; value < values.length; value += width) {
            for (int low = value, high = value + width - 1; low < high; low++, high--) {
                byte kept = values[low];
                values[low] = values[high];
                values[high] = kept;
            }
        }
    }

    /** Number of the first voxel of a frame. */
    private int first(int frame) {
        int frames = header.shape().frames();
        if (frame < 1 || frame > frames) {
            throw new ImageRefusedException(Reason.NO_SUCH_FRAME, "frame " + frame + " of " + frames);
        }
        return (frame - 1) * header.shape().pixels();
    }
}
