package org.lesionstream.worker.sink;

import static java.util.Objects.requireNonNull;

/**
 * A file with results.
 *
 * @param name for folders and buckets; letters, digits, {@code . _ - @}, and the same whenever the case is written
 * @param mediaType such as {@code application/dicom}
 * @param content owned by the receiver; that of DICOM files holds patient attributes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once; nobody compares files
public record ResultFile(String name, String mediaType, byte[] content) {
    static final String DICOM = "application/dicom";
    static final String NIFTI = "application/gzip";
    static final String PNG = "image/png";

    public ResultFile {
        requireNonNull(name, "name");
        requireNonNull(mediaType, "mediaType");
        requireNonNull(content, "content");
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "ResultFile[" + name + ", " + mediaType + ", " + content.length + " bytes]";
    }
}
