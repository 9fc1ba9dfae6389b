package org.lesionstream.worker.decode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiShape;
import org.lesionstream.schemas.nifti.NiftiVolume;

/** NIfTI files of one slice, or the slice of a volume that the job names; {@link NiftiVolume} says how slices are counted and how they lie. */
public final class NiftiImageDecoder implements ImageDecoder {

    private final DecodeLimits limits;
    private final RecentVolumes recent = new RecentVolumes();

    public NiftiImageDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean recognises(byte[] bytes) {
        return NiftiHeader.recognises(bytes);
    }

    @Override
    public PixelGrid decode(byte[] bytes, OptionalInt frame) {
        return recent.of(bytes, file -> NiftiVolume.read(file, limits)).grid(frame);
    }

    /** Slices of a single volume have places; those of a series of volumes do not, since several lie in each. */
    @Override
    public SourceLayout layout(byte[] bytes) {
        NiftiHeader header = NiftiHeader.read(bytes, limits);
        NiftiShape shape = header.shape();
        if (shape.volumes() > 1 || header.place(1).isEmpty()) {
            return SourceLayout.of(shape.frames());
        }
        List<SlicePosition> slices = IntStream.rangeClosed(1, shape.frames())
                .mapToObj(header::place)
                .flatMap(Optional::stream)
                .map(place -> new SlicePosition(place.positionMillimetres(), place.spacingMillimetres()))
                .toList();
        return new SourceLayout(shape.frames(), slices);
    }
}
