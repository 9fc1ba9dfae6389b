package org.lesionstream.worker.decode.dicom;

import java.nio.ByteOrder;

/**
 * How a data set is written (PS3.5, section 10 and annex A).
 *
 * @param uid of the transfer syntax
 * @param explicit whether elements state their value representation
 * @param order byte order of numbers
 * @param deflated whether the data set is compressed as a whole
 * @param nativePixels whether the frames are plain samples; otherwise they are encapsulated, each coded by itself
 */
record TransferSyntax(String uid, boolean explicit, ByteOrder order, boolean deflated, boolean nativePixels) {

    static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";
    static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    static final String DEFLATED_LITTLE_ENDIAN = "1.2.840.10008.1.2.1.99";
    static final String EXPLICIT_BIG_ENDIAN = "1.2.840.10008.1.2.2";

    /** The syntax of that UID. One that is not known is encapsulated in explicit little endian, as all newer ones are. */
    static TransferSyntax of(String uid) {
        return switch (uid) {
            case IMPLICIT_LITTLE_ENDIAN -> plain(uid, false, ByteOrder.LITTLE_ENDIAN);
            case EXPLICIT_LITTLE_ENDIAN -> plain(uid, true, ByteOrder.LITTLE_ENDIAN);
            case EXPLICIT_BIG_ENDIAN -> plain(uid, true, ByteOrder.BIG_ENDIAN);
            case DEFLATED_LITTLE_ENDIAN -> new TransferSyntax(uid, true, ByteOrder.LITTLE_ENDIAN, true, true);
            default -> new TransferSyntax(uid, true, ByteOrder.LITTLE_ENDIAN, false, false);
        };
    }

    private static TransferSyntax plain(String uid, boolean explicit, ByteOrder order) {
        return new TransferSyntax(uid, explicit, order, false, true);
    }
}
