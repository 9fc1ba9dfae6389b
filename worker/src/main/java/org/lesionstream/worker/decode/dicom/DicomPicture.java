package org.lesionstream.worker.decode.dicom;

import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
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
            // the codec first: a data set may be unusual just because its syntax is
            var codec = PixelCodecs.of(file.syntax().uid());
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

    /**
     * The values of one frame as they are stored.
     *
     * @param index from 0
     * @throws ImageRefusedException if the frame is damaged
     */
    public StoredFrame stored(int index) {
        if (index < 0 || index >= frames()) {
            throw new IllegalArgumentException("index must be 0 to " + (frames() - 1) + ", was " + index);
        }
        return StoredFrame.of(frames.frame(index), description);
    }
}
