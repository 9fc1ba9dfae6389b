package org.lesionstream.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiShape;

/**
 * How many pictures a file holds, and for a volume how large it is. Told without decoding a pixel.
 *
 * @param pictures slices of a volume, of all its times; pages of a TIFF; otherwise 1
 */
record StackShape(int pictures, Optional<NiftiShape> volume) {

    private static final List<String> ENDINGS = List.of(".nii", ".nii.gz", ".tif", ".tiff");

    /** Whether a file is of a kind that may hold several pictures, by its name; what is in others is not looked at, since they may be many. */
    static boolean mayBeStack(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Looks at the head of a file.
     *
     * @throws IllegalArgumentException naming the file when it is no picture
     */
    static StackShape of(Path file) {
        if (!mayBeStack(file)) {
            return new StackShape(1, Optional.empty());
        }
        byte[] bytes = PictureFiles.bytes(file);
        return PictureFiles.naming(file, () -> {
            if (!NiftiHeader.recognises(bytes)) {
                return new StackShape(PlainDecoder.pages(bytes, DecodeLimits.DEFAULT), Optional.empty());
            }
            NiftiShape shape = NiftiHeader.read(bytes, DecodeLimits.DEFAULT).shape();
            return new StackShape(shape.frames(), Optional.of(shape));
        });
    }

    /** Whether pictures of the two belong together, one by one. */
    boolean fits(StackShape other) {
        boolean volumesDiffer = volume.isPresent() && other.volume.isPresent() && !volume.equals(other.volume);
        return pictures == other.pictures && !volumesDiffer;
    }

    /** As in {@code 35x51x35 voxels} or {@code 30 pictures}. */
    @Override
    public String toString() {
        return volume.map(shape -> shape + " voxels").orElse(pictures == 1 ? "1 picture" : pictures + " pictures");
    }
}
