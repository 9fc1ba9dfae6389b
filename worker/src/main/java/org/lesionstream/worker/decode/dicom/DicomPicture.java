package org.lesionstream.worker.decode.dicom;

import java.util.Optional;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.worker.decode.dicom.codec.PixelCodec;
import org.lesionstream.worker.decode.dicom.codec.PixelCodecs;

/**
 * A DICOM object with pixels, read up to them: what it holds is known, and frames are decoded when they are asked for.
 *
 * <p>Keeps the bytes of the file. Not changed after its construction; frames may be asked for by several threads.
 */
public final class DicomPicture {

    private final DataSet dataSet;
    private final PixelDescription description;
    private final FrameSource frames;

    private DicomPicture(DataSet dataSet, PixelDescription description, FrameSource frames) {
        this.dataSet = dataSet;
        this.description = description;
        this.frames = frames;
    }

    /** Whether the first bytes are those of a DICOM file or of a bare data set. */
    public static boolean recognises(byte[] bytes) {
        return DicomFile.recognises(bytes);
    }

    /**
     * Reads the attributes.
     *
     * @param bytes of a file or of a bare data set; must not be changed as long as the picture is in use
     * @throws ImageRefusedException if the bytes are damaged, beyond the limits, coded in a way that is not read, or hold no picture
     */
    public static DicomPicture read(byte[] bytes, DecodeLimits limits) {
        DicomFile file = DicomFile.read(bytes, limits);
        DataSet dataSet = file.dataSet();
        if (dataSet.fragments().isPresent()) {
            PixelCodec codec = PixelCodecs.of(file.syntax().uid());
            PixelDescription description = PixelDescription.of(dataSet, limits);
            return new DicomPicture(dataSet, description, new CodedFrames(description, dataSet, codec, limits));
        }
        Span pixels = dataSet.value(Tag.PIXEL_DATA)
                .or(() -> dataSet.value(Tag.FLOAT_PIXEL_DATA))
                .or(() -> dataSet.value(Tag.DOUBLE_FLOAT_PIXEL_DATA))
                .orElseThrow(() -> new ImageRefusedException(Reason.NO_PIXELS, "no pixel data"));
        PixelDescription description = PixelDescription.of(dataSet, limits);
        return new DicomPicture(
                dataSet,
                description,
                new NativeFrames(description, dataSet.source(), pixels, dataSet.pixelsAreWords()));
    }

    public int rows() {
        return description.rows();
    }

    public int columns() {
        return description.columns();
    }

    /** Samples of a pixel: 1 for grey and palettes, 3 for colour. */
    public int samples() {
        return description.photometric().samples();
    }

    /** How many pictures there are. */
    public int frames() {
        return description.frames();
    }

    /** How far the pixels of a frame are apart; absent where the file does not tell. */
    public Optional<FrameSpacing> spacing(int index) {
        return FrameSpacing.of(attributes(index));
    }

    /** Where a frame lies in the patient; absent where the file does not tell. */
    public Optional<SlicePlane> plane(int index) {
        return SlicePlane.of(attributes(index));
    }

    /**
     * One frame as a picture: palette, turning of MONOCHROME1, padding, rescale and window as {@link GreyGrid} and {@link ColourGrid} say.
     *
     * @param index from 0
     * @throws ImageRefusedException if the frame is damaged, or of values that no picture holds: floating point or more than 16 bits
     */
    public PixelGrid grid(int index) {
        StoredFrame stored = stored(index);
        Optional<PixelSpacing> spacing = spacing(index).map(FrameSpacing::spacing);
        return switch (description.photometric()) {
            case MONOCHROME1, MONOCHROME2 -> GreyGrid.of(stored, description, attributes(index), spacing);
            case PALETTE_COLOR -> ColourGrid.ofPalette(stored, dataSet, spacing);
            case RGB, YBR_FULL, YBR_FULL_422, YBR_ICT, YBR_RCT -> ColourGrid.of(stored, description, spacing);
        };
    }

    /**
     * The values of one frame as they are stored.
     *
     * @param index from 0
     * @throws ImageRefusedException if the frame is damaged
     */
    public StoredFrame stored(int index) {
        return StoredFrame.of(frames.frame(checked(index)), description);
    }

    private FrameAttributes attributes(int index) {
        return new FrameAttributes(dataSet, checked(index));
    }

    private int checked(int index) {
        if (index < 0 || index >= frames()) {
            throw new IllegalArgumentException("index must be 0 to " + (frames() - 1) + ", was " + index);
        }
        return index;
    }
}
