package org.lesionstream.worker.decode.dicom;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * What a DICOM object with pixels says of itself, for those who refer to it: the place of its frames, and any other attributes by their tags.
 *
 * <ul>
 *   <li>Pixels are neither decoded nor is there need of a codec for them.
 *   <li>Attributes that were asked for may tell of a patient. They are handed out and never printed.
 *   <li>Keeps the bytes of the file; not changed after its construction.
 * </ul>
 */
public final class DicomHeader {

    private final DataSet dataSet;
    private final PixelDescription description;

    private DicomHeader(DataSet dataSet, PixelDescription description) {
        this.dataSet = dataSet;
        this.description = description;
    }

    /**
     * Reads the attributes.
     *
     * @param bytes of a file or of a bare data set; must not be changed as long as the header is in use
     * @param also tags of attributes that are kept besides those of the picture; none of them a sequence
     * @throws ImageRefusedException if the bytes are damaged, beyond the limits, or hold no picture
     */
    public static DicomHeader read(byte[] bytes, DecodeLimits limits, Set<Integer> also) {
        DataSet dataSet = DicomFile.read(bytes, limits, tag -> Tag.isKept(tag) || also.contains(tag))
                .dataSet();
        PixelDescription description = PixelDescription.of(dataSet, limits);
        checkFrames(description, dataSet);
        return new DicomHeader(dataSet, description);
    }

    /** A number of frames is believed only as far as there are pixels for them. */
    private static void checkFrames(PixelDescription description, DataSet dataSet) {
        long most = dataSet.fragments()
                .map(fragments -> fragments.size() - 1L) // the first is the offset table
                .or(() -> dataSet.value(Tag.PIXEL_DATA)
                        .map(span -> 8L
                                * span.length()
                                / description.bitsAllocated()
                                / description.rows()
                                / description.columns()))
                .orElseThrow(() -> new ImageRefusedException(Reason.NO_PIXELS, "no pixel data"));
        if (description.frames() > most) {
            throw Refusal.damaged(description.frames() + " frames and pixels for " + most);
        }
    }

    public int rows() {
        return description.rows();
    }

    public int columns() {
        return description.columns();
    }

    public int frames() {
        return description.frames();
    }

    /** How far the pixels of a frame are apart; absent where the file does not tell. */
    public Optional<FrameSpacing> spacing(int frame) {
        return FrameSpacing.of(attributes(frame));
    }

    /** Where a frame lies in the patient; absent where the file does not tell. */
    public Optional<SlicePlane> plane(int frame) {
        return SlicePlane.of(attributes(frame));
    }

    /** The stated thickness of a frame in millimetres, which says nothing of the distance to the next one. */
    public OptionalDouble thickness(int frame) {
        return attributes(frame).group(Tag.PIXEL_MEASURES_SEQUENCE).decimal(Tag.SLICE_THICKNESS);
    }

    /** The value of an attribute as it stands in the file, padding included; a fresh array. Absent if empty. */
    public Optional<byte[]> bytes(int tag) {
        return dataSet.value(tag)
                .filter(span -> span.length() > 0)
                .map(span -> Arrays.copyOfRange(dataSet.source().array(), span.offset(), span.end()));
    }

    /** A code word, number or UID without padding. Absent if empty. */
    public Optional<String> text(int tag) {
        return dataSet.text(tag);
    }

    private FrameAttributes attributes(int frame) {
        return new FrameAttributes(dataSet, frame);
    }

    /** Sizes only: the rest may tell of a patient. */
    @Override
    public String toString() {
        return "DicomHeader[" + rows() + "x" + columns() + ", " + frames() + " frames]";
    }
}
