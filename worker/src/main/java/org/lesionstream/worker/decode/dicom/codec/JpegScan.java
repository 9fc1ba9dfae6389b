package org.lesionstream.worker.decode.dicom.codec;

import java.util.List;

/**
 * A scan header of JPEG or JPEG-LS.
 *
 * @param components in the order of the scan
 * @param first predictor of a lossless scan, allowed error of a JPEG-LS scan
 * @param second interleave mode of a JPEG-LS scan
 * @param transform successive approximation; its lower four bits are the point transform of lossless scans
 */
record JpegScan(List<Component> components, int first, int second, int transform) {

    /**
     * One component of a scan.
     *
     * @param index place in the frame
     * @param tables numbers of the entropy tables, DC in the upper four bits; of the mapping table for JPEG-LS
     */
    record Component(int index, int tables) {}
}
