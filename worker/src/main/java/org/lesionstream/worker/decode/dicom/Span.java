package org.lesionstream.worker.decode.dicom;

/** Where a value lies in the bytes of its file. */
record Span(int offset, int length) {

    int end() {
        return offset + length;
    }
}
