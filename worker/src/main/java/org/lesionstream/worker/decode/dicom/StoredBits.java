package org.lesionstream.worker.decode.dicom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Keeps of every sample the bits that are stored. Above them some files have overlays (PS3.5, 8.1.1, retired) or leave what was there; decoders of
 * signed values leave zeros where the sign belongs.
 */
final class StoredBits {

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private StoredBits() {}

    /** @param shift how many bits lie below those stored */
    static void keep(byte[] frame, SampleFormat format, int stored, int shift) {
        if (stored == 8 * format.bytes()) {
            return;
        }
        int up = 32 - stored - shift;
        int down = 32 - stored;
        boolean signed = format.signed();
        int count = frame.length / format.bytes();
        for (int i = 0; i < count; i++) {
            int value = get(frame, format.bytes(), i) << up;
            put(frame, format.bytes(), i, signed ? value >> down : value >>> down);
        }
    }

    private static int get(byte[] frame, int size, int index) {
        return switch (size) {
            case 1 -> frame[index];
            case 2 -> (short) INT16.get(frame, 2 * index);
            default -> (int) INT32.get(frame, 4 * index);
        };
    }

    private static void put(byte[] frame, int size, int index, int value) {
        switch (size) {
            case 1 -> frame[index] = (byte) value;
            case 2 -> INT16.set(frame, 2 * index, (short) value);
            default -> INT32.set(frame, 4 * index, value);
        }
    }
}
