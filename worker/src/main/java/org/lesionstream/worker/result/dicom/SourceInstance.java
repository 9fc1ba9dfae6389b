package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.worker.decode.dicom.DicomHeader;
import org.lesionstream.worker.decode.dicom.FrameSpacing;
import org.lesionstream.worker.decode.dicom.SlicePlane;
import org.lesionstream.worker.decode.dicom.Tag;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * What a result repeats of a DICOM object whose pictures were segmented: patient, study, identity and geometry.
 *
 * <p>Holds none of the bytes of the file, so that a long series costs little. Not changed after its construction; values of the patient are
 * handed to the result and to nobody else, and are never printed.
 */
public final class SourceInstance {

    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

    /** Patient and study (PS3.3, C.7.1.1 and C.7.2.1): what makes an archive file the result beside its source, and no more. */
    private static final List<Attribute> COPIED = List.of(
            Attribute.STUDY_DATE,
            Attribute.STUDY_TIME,
            Attribute.ACCESSION_NUMBER,
            Attribute.REFERRING_PHYSICIAN_NAME,
            Attribute.STUDY_DESCRIPTION,
            Attribute.PATIENT_NAME,
            Attribute.PATIENT_ID,
            Attribute.ISSUER_OF_PATIENT_ID,
            Attribute.PATIENT_BIRTH_DATE,
            Attribute.PATIENT_SEX,
            Attribute.PATIENT_IDENTITY_REMOVED,
            Attribute.DEIDENTIFICATION_METHOD,
            Attribute.STUDY_ID);

    private static final List<Attribute> READ = List.of(
            Attribute.SPECIFIC_CHARACTER_SET,
            Attribute.SOP_CLASS_UID,
            Attribute.SOP_INSTANCE_UID,
            Attribute.STUDY_INSTANCE_UID,
            Attribute.SERIES_INSTANCE_UID,
            Attribute.FRAME_OF_REFERENCE_UID,
            Attribute.BURNED_IN_ANNOTATION,
            Attribute.LOSSY_IMAGE_COMPRESSION,
            Attribute.LOSSY_IMAGE_COMPRESSION_RATIO,
            Attribute.LOSSY_IMAGE_COMPRESSION_METHOD);

    /** Where a frame lies in the patient. */
    record Place(SlicePlane plane, PixelSpacing spacing, OptionalDouble thickness) {}

    private final SourceText text;
    private final String studyUid;
    private final String seriesUid;
    private final String classUid;
    private final String instanceUid;
    private final Optional<String> frameOfReference;
    private final int rows;
    private final int columns;
    private final List<Optional<Place>> frames;
    private final boolean burnedIn;
    private final Optional<Elements> lossy;

    private SourceInstance(DicomHeader header) {
        this.text = SourceText.of(header, COPIED);
        this.studyUid = uid(header, Attribute.STUDY_INSTANCE_UID).orElseThrow(() -> missing("study"));
        this.seriesUid = uid(header, Attribute.SERIES_INSTANCE_UID).orElseThrow(() -> missing("series"));
        this.classUid = uid(header, Attribute.SOP_CLASS_UID).orElseThrow(() -> missing("SOP class"));
        this.instanceUid = uid(header, Attribute.SOP_INSTANCE_UID).orElseThrow(() -> missing("SOP instance"));
        this.frameOfReference = uid(header, Attribute.FRAME_OF_REFERENCE_UID);
        this.rows = header.rows();
        this.columns = header.columns();
        List<Optional<Place>> places = new ArrayList<>(header.frames());
        for (int frame = 0; frame < header.frames(); frame++) {
            places.add(place(header, frame));
        }
        this.frames = List.copyOf(places);
        this.burnedIn = header.text(Attribute.BURNED_IN_ANNOTATION.tag())
                .filter("YES"::equals)
                .isPresent();
        this.lossy = header.text(Attribute.LOSSY_IMAGE_COMPRESSION.tag())
                .filter("01"::equals)
                .map(yes -> lossy(header));
    }

    /**
     * Reads the header of an object.
     *
     * @param bytes of a file or of a bare data set; not needed any more afterwards
     * @throws org.lesionstream.schemas.image.ImageRefusedException if they are no DICOM picture, damaged, beyond the limits, or lack the UIDs
     *     by which an archive knows it
     */
    public static SourceInstance read(byte[] bytes, DecodeLimits limits) {
        Set<Integer> tags = new HashSet<>();
        COPIED.forEach(attribute -> tags.add(attribute.tag()));
        READ.forEach(attribute -> tags.add(attribute.tag()));
        return new SourceInstance(DicomHeader.read(bytes, limits, tags));
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** How many pictures the object holds. */
    public int frames() {
        return frames.size();
    }

    /** Whether the object says that text is part of its pixels, which may name the patient wherever they are shown. */
    public boolean burnedInAnnotation() {
        return burnedIn;
    }

    SourceText text() {
        return text;
    }

    String studyUid() {
        return studyUid;
    }

    /** The coordinate system of the places of its frames. */
    Optional<String> frameOfReference() {
        return frameOfReference;
    }

    /** Where a frame lies; absent unless plane and distances within the patient are both told. */
    Optional<Place> place(int frame) {
        return frames.get(frame);
    }

    /** What the object says of its lossy compression, if there was any. */
    Optional<Elements> lossy() {
        return lossy;
    }

    /** Names one of its pictures. */
    ImageReference reference(int frame) {
        return new ImageReference(
                seriesUid, classUid, instanceUid, frames.size() > 1 ? Optional.of(frame + 1) : Optional.empty());
    }

    private static Optional<Place> place(DicomHeader header, int frame) {
        Optional<PixelSpacing> spacing = header.spacing(frame)
                .filter(known -> known.origin() == FrameSpacing.Origin.PATIENT)
                .map(FrameSpacing::spacing);
        OptionalDouble thickness = header.thickness(frame);
        boolean thick = thickness.isPresent() && thickness.getAsDouble() > 0;
        return spacing.flatMap(known ->
                header.plane(frame).map(plane -> new Place(plane, known, thick ? thickness : OptionalDouble.empty())));
    }

    private static Elements lossy(DicomHeader header) {
        Elements lossy = new Elements();
        for (Attribute attribute :
                List.of(Attribute.LOSSY_IMAGE_COMPRESSION_RATIO, Attribute.LOSSY_IMAGE_COMPRESSION_METHOD)) {
            header.text(attribute.tag()).ifPresent(value -> lossy.text(attribute, value));
        }
        return lossy;
    }

    private static Optional<String> uid(DicomHeader header, Attribute attribute) {
        Optional<String> uid = header.text(attribute.tag());
        if (uid.isPresent() && !UID.matcher(uid.get()).matches()) {
            throw Refusal.damaged(Tag.text(attribute.tag()) + " is no UID");
        }
        return uid;
    }

    private static RuntimeException missing(String what) {
        return Refusal.damaged("no UID of its " + what);
    }

    /** Sizes only: the rest leads to a patient. */
    @Override
    public String toString() {
        return "SourceInstance[" + rows + "x" + columns + ", " + frames.size() + " frames]";
    }
}
