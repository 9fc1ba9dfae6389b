package org.lesionstream.worker.result.dicom;

/**
 * A DICOM object, ready to be stored.
 *
 * @param sopClassUid what it is
 * @param sopInstanceUid its own name, a hash: it tells nothing of a patient, and the same work gives the same
 * @param file the Part 10 file, with values of the patient; whoever has the object owns the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; objects are not compared
public record DicomObject(String sopClassUid, String sopInstanceUid, byte[] file) {

    /** Without the content. */
    @Override
    public String toString() {
        return "DicomObject[" + sopInstanceUid + ", " + file.length + " bytes]";
    }
}
