package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.decode.dicom.DicomTree;
import org.lesionstream.worker.decode.dicom.SlicePlane;

/** A segmentation as our own reader sees it. */
record WrittenSegmentation(DicomTree tree, DicomPicture picture) {

    /** A frame with the numbers that it is known by. */
    @SuppressWarnings("ArrayRecordComponent") // read only, and not compared
    record Frame(int segment, String instanceUid, int sourceFrame, byte[] bits, int index) {}

    static WrittenSegmentation of(DicomResult result) {
        byte[] file = result.segmentation().orElseThrow().file();
        return new WrittenSegmentation(DicomTree.read(file), DicomPicture.read(file, DecodeLimits.DEFAULT));
    }

    List<Frame> frames() {
        List<DicomTree> groups = tree.items(Attribute.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE.tag());
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < picture.frames(); i++) {
            DicomTree group = groups.get(i);
            DicomTree source =
                    group.item(Attribute.DERIVATION_IMAGE_SEQUENCE.tag()).item(Attribute.SOURCE_IMAGE_SEQUENCE.tag());
            int number = Attribute.REFERENCED_FRAME_NUMBER.tag();
            frames.add(new Frame(
                    group.item(Attribute.SEGMENT_IDENTIFICATION_SEQUENCE.tag())
                            .integer(Attribute.REFERENCED_SEGMENT_NUMBER.tag()),
                    source.text(Attribute.REFERENCED_SOP_INSTANCE_UID.tag()),
                    source.has(number) ? Integer.parseInt(source.text(number)) : 0,
                    picture.stored(i).values(),
                    i));
        }
        return frames;
    }

    /** The place of a pixel of a frame in the patient, in millimetres. */
    double[] place(int frame, int row, int column) {
        SlicePlane plane = picture.plane(frame).orElseThrow();
        double down = row * picture.spacing(frame).orElseThrow().spacing().rowMillimetres();
        double right = column * picture.spacing(frame).orElseThrow().spacing().columnMillimetres();
        SlicePlane.Vector p = plane.position();
        SlicePlane.Vector r = plane.alongRow();
        SlicePlane.Vector c = plane.alongColumn();
        return new double[] {
            p.x() + right * r.x() + down * c.x(),
            p.y() + right * r.y() + down * c.y(),
            p.z() + right * r.z() + down * c.z()
        };
    }
}
