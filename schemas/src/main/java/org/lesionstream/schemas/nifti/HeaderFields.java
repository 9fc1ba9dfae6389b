package org.lesionstream.schemas.nifti;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads and writes the fields of a header that matter here, whatever its version and byte order. Confined to one thread. */
final class HeaderFields {

    private static final ByteOrder[] ORDERS = {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN};

    private final NiftiVersion version;
    private final ByteBuffer bytes;

    private HeaderFields(NiftiVersion version, ByteBuffer bytes) {
        this.version = version;
        this.bytes = bytes;
    }

    /** The header that a file begins with, told by its length as the first number; absent where that is no header's length. */
    static Optional<HeaderFields> of(byte[] head) {
        for (NiftiVersion version : NiftiVersion.values()) {
            for (ByteOrder order : ORDERS) {
                ByteBuffer bytes = ByteBuffer.wrap(head).order(order);
                if (head.length >= Integer.BYTES && bytes.getInt(0) == version.headerBytes) {
                    return Optional.of(new HeaderFields(version, bytes));
                }
            }
        }
        return Optional.empty();
    }

    /** An empty header of a single file, and four bytes that say it has no extension. Little endian. */
    static HeaderFields blank(NiftiVersion version) {
        ByteBuffer bytes = ByteBuffer.allocate(version.firstVoxel()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, version.headerBytes);
        bytes.put(version.magic, (version.singleFile() + version.afterMagic()).getBytes(ISO_8859_1));
        return new HeaderFields(version, bytes);
    }

    /** Refuses what is no whole header of a single file. */
    void check() {
        if (bytes.capacity() < version.headerBytes) {
            throw Refusal.damaged("NIfTI header ends early");
        }
        if (magicIs(version.pair())) {
            throw Refusal.unsupported(
                    "NIfTI header whose voxels are in another file (.hdr and .img): store both as one .nii");
        }
        if (!magicIs(version.singleFile())) {
            throw Refusal.unsupported(
                    "header of " + version.headerBytes + " bytes without the magic of NIfTI, as in ANALYZE 7.5");
        }
        if (!magicIs(version.singleFile() + version.afterMagic())) {
            throw Refusal.damaged("NIfTI whose line ends were changed on its way");
        }
    }

    private boolean magicIs(String wanted) {
        byte[] found = new byte[wanted.length()];
        bytes.get(version.magic, found);
        return new String(found, ISO_8859_1).equals(wanted);
    }

    NiftiVersion version() {
        return version;
    }

    ByteOrder order() {
        return bytes.order();
    }

    /** A copy of all bytes. */
    byte[] copy() {
        byte[] all = new byte[bytes.capacity()];
        bytes.get(0, all);
        return all;
    }

    /** Number {@code index} of the dimensions; 0 is how many there are. */
    long dimension(int index) {
        return version == NiftiVersion.ONE
                ? bytes.getShort(version.dimensions + 2 * index)
                : bytes.getLong(version.dimensions + 8 * index);
    }

    void dimension(int index, int value) {
        if (version == NiftiVersion.ONE) {
            bytes.putShort(version.dimensions + 2 * index, (short) value);
        } else {
            bytes.putLong(version.dimensions + 8 * index, value);
        }
    }

    /** A real number: {@code index} behind the one at {@code field}. */
    double real(int field, int index) {
        return version == NiftiVersion.ONE ? bytes.getFloat(field + 4 * index) : bytes.getDouble(field + 8 * index);
    }

    void real(int field, int index, double value) {
        if (version == NiftiVersion.ONE) {
            bytes.putFloat(field + 4 * index, (float) value);
        } else {
            bytes.putDouble(field + 8 * index, value);
        }
    }

    int datatype() {
        return bytes.getShort(version.datatype);
    }

    void type(VoxelType type) {
        bytes.putShort(version.datatype, (short) type.code());
        bytes.putShort(version.datatype + 2, (short) (8 * type.bytes()));
    }

    /** Where voxels begin; real in the first version. */
    double dataOffset() {
        return version == NiftiVersion.ONE ? bytes.getFloat(version.dataOffset) : bytes.getLong(version.dataOffset);
    }

    void dataOffset(int value) {
        if (version == NiftiVersion.ONE) {
            bytes.putFloat(version.dataOffset, value);
        } else {
            bytes.putLong(version.dataOffset, value);
        }
    }

    /** Units of space and time. */
    int units() {
        return version == NiftiVersion.ONE ? bytes.get(version.units) & 0xff : bytes.getInt(version.units);
    }

    void units(int value) {
        if (version == NiftiVersion.ONE) {
            bytes.put(version.units, (byte) value);
        } else {
            bytes.putInt(version.units, value);
        }
    }

    /** Code of the quaternion (0) or of the affine rows (1); positive where they are given. */
    int formCode(int index) {
        return version == NiftiVersion.ONE
                ? bytes.getShort(version.formCodes + 2 * index)
                : bytes.getInt(version.formCodes + 4 * index);
    }

    void formCode(int index, int value) {
        if (version == NiftiVersion.ONE) {
            bytes.putShort(version.formCodes + 2 * index, (short) value);
        } else {
            bytes.putInt(version.formCodes + 4 * index, value);
        }
    }
}
