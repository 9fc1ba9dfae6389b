package org.lesionstream.schemas.nifti;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.LabelMask;

/** NIfTI as attack surface. */
public final class NiftiTargets implements Targets {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 18, 16);

    @Override
    public List<Target> targets() {
        return List.of(new Target("nifti", sound(), NiftiTargets::use, ImageRefusedException.class));
    }

    /** Everything that can be asked of a file. */
    private static void use(byte[] file) {
        NiftiHeader.recognises(file);
        NiftiVolume volume = NiftiVolume.read(file, LIMITS);
        NiftiHeader header = volume.header();
        NiftiShape shape = header.shape();
        int last = shape.frames();
        header.place(last);
        header.voxelCubicMillimetres();
        volume.grid(OptionalInt.of(1));
        volume.grid(OptionalInt.of(last));
        volume.values(last);
        volume.stored(last);
        if (last < 8) {
            LabelMask empty = new LabelMask(shape.rows(), shape.columns(), new byte[shape.rows() * shape.columns()]);
            NiftiWriter.labels(header, Collections.nCopies(last, empty));
        }
    }

    private static List<byte[]> sound() {
        double[] values = new Random(3).doubles(48, 0, 100).toArray();
        List<byte[]> files = new ArrayList<>();
        for (VoxelType type :
                new VoxelType[] {VoxelType.UINT8, VoxelType.INT16, VoxelType.FLOAT32, VoxelType.FLOAT64}) {
            TestNifti writer = TestNifti.of(type, 4, 3, 2, 2)
                    .bigEndian(type == VoxelType.INT16)
                    .second(type == VoxelType.FLOAT64)
                    .scaling(0.5, 3)
                    .shown(1, 40)
                    .sizes(-1, 2, 3, 4, 1)
                    .quaternion(0.1, 0.7, 0.2, 1, 2, 3)
                    .affine(2, 0.1, 0, 5, 0, 3, 0.2, 6, 0, 0.1, 4, 7);
            files.add(writer.file(values));
            files.add(writer.gzip(values));
        }
        return files;
    }
}
