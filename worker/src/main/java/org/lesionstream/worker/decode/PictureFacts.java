package org.lesionstream.worker.decode;

import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiShape;
import org.lesionstream.schemas.nifti.NiftiVolume;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.decode.dicom.FrameSpacing;
import org.lesionstream.worker.decode.dicom.SampleFormat;
import org.lesionstream.worker.decode.dicom.StoredFrame;

/**
 * What is in a picture file, without a word about the patient.
 *
 * @param rows of the first frame, as columns, samples and format are: pages of a TIFF may differ
 * @param spacing of the first frame; absent where the file does not tell
 * @param spacingOrigin what DICOM spacing was measured at
 * @param format of a stored value
 * @param minimum smallest stored value, of all frames and samples; of NIfTI the smallest finite value after its scaling
 * @param maximum largest
 * @param mean of all
 * @param sha256 of the stored values: little endian, frame by frame, row by row, samples interleaved; before rescale, palette, window and turning
 *     of MONOCHROME1, after conversion of luminance and colour differences to RGB
 */
public record PictureFacts(
        int rows,
        int columns,
        int samples,
        int frames,
        Optional<PixelSpacing> spacing,
        Optional<FrameSpacing.Origin> spacingOrigin,
        SampleFormat format,
        double minimum,
        double maximum,
        double mean,
        Digest sha256) {

    private PictureFacts(
            int rows,
            int columns,
            int samples,
            int frames,
            Optional<PixelSpacing> spacing,
            Optional<FrameSpacing.Origin> spacingOrigin,
            SampleFormat format,
            ValueSums sums) {
        this(
                rows,
                columns,
                samples,
                frames,
                spacing,
                spacingOrigin,
                format,
                sums.minimum(),
                sums.maximum(),
                sums.mean(),
                sums.digest());
    }

    /**
     * Decodes a file, one frame after the other.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException if it is refused
     */
    public static PictureFacts of(byte[] bytes, DecodeLimits limits) {
        if (DicomPicture.recognises(bytes)) {
            return ofDicom(DicomPicture.read(bytes, limits));
        }
        return NiftiHeader.recognises(bytes) ? ofNifti(NiftiVolume.read(bytes, limits)) : ofPlain(bytes, limits);
    }

    private static PictureFacts ofDicom(DicomPicture picture) {
        ValueSums sums = new ValueSums();
        SampleFormat format = SampleFormat.UINT8;
        for (int i = 0; i < picture.frames(); i++) {
            StoredFrame frame = picture.stored(i);
            format = frame.format();
            sums.add(frame);
        }
        Optional<FrameSpacing> spacing = picture.spacing(0);
        return new PictureFacts(
                picture.rows(),
                picture.columns(),
                picture.samples(),
                picture.frames(),
                spacing.map(FrameSpacing::spacing),
                spacing.map(FrameSpacing::origin),
                format,
                sums);
    }

    private static PictureFacts ofNifti(NiftiVolume volume) {
        NiftiShape shape = volume.header().shape();
        ValueSums sums = new ValueSums();
        for (int frame = 1; frame <= shape.frames(); frame++) {
            sums.add(volume.stored(frame), volume.values(frame));
        }
        return new PictureFacts(
                shape.rows(),
                shape.columns(),
                1,
                shape.frames(),
                volume.header().pixelSpacing(),
                Optional.empty(),
                SampleFormat.valueOf(volume.header().type().name()),
                sums);
    }

    private static PictureFacts ofPlain(byte[] bytes, DecodeLimits limits) {
        int pages = PlainDecoder.pages(bytes, limits);
        PixelGrid first = PlainDecoder.decode(bytes, OptionalInt.of(1), limits);
        ValueSums sums = new ValueSums();
        sums.add(stored(first));
        for (int page = 2; page <= pages; page++) {
            sums.add(stored(PlainDecoder.decode(bytes, OptionalInt.of(page), limits)));
        }
        return new PictureFacts(
                first.height(),
                first.width(),
                first.channels(),
                pages,
                first.spacing(),
                Optional.empty(),
                stored(first).format(),
                sums);
    }

    /** The values as the file has them: a grid holds unsigned ones of 16 bits 32768 lower. */
    private static StoredFrame stored(PixelGrid grid) {
        byte[] values = grid.samples().clone();
        boolean lowered = grid.rescale().equals(Rescale.UNSIGNED_16);
        if (lowered) {
            for (int i = 1; i < values.length; i += 2) {
                values[i] ^= (byte) 0x80;
            }
        }
        SampleFormat format =
                switch (grid.type()) {
                    case UINT8 -> SampleFormat.UINT8;
                    case INT16 -> lowered ? SampleFormat.UINT16 : SampleFormat.INT16;
                };
        return new StoredFrame(grid.height(), grid.width(), grid.channels(), format, values);
    }
}
