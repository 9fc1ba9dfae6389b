package org.lesionstream.worker.result.dicom;

/** The objects of a result. Each is a series of its own, with a number that puts it behind the pictures. */
enum ResultKind {
    /** Segmentation Storage. */
    SEGMENTATION("1.2.840.10008.5.1.4.1.1.66.4", "SEG", 9001, "Segmentation"),
    /** Comprehensive 3D SR Storage. */
    REPORT("1.2.840.10008.5.1.4.1.1.88.34", "SR", 9002, "Measurements");

    private final String sopClassUid;
    private final String modality;
    private final int seriesNumber;
    private final String description;

    ResultKind(String sopClassUid, String modality, int seriesNumber, String description) {
        this.sopClassUid = sopClassUid;
        this.modality = modality;
        this.seriesNumber = seriesNumber;
        this.description = description;
    }

    String sopClassUid() {
        return sopClassUid;
    }

    String modality() {
        return modality;
    }

    int seriesNumber() {
        return seriesNumber;
    }

    String description() {
        return description;
    }

    String instanceUid(ResultUids uids) {
        return uids.of(modality + " instance");
    }

    String seriesUid(ResultUids uids) {
        return uids.of(modality + " series");
    }
}
