package org.lesionstream.schemas.nifti;

import java.nio.ByteBuffer;

/** How a file stores a voxel; the kinds of one number that NIfTI knows, except for those of 128 bits. */
public enum VoxelType {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8);

    private final int code;
    private final int bytes;

    VoxelType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /**
     * The type of a code in the header.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException for colours, complex numbers, bits, and unknown codes
     */
    static VoxelType of(int code) {
        for (VoxelType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw Refusal.unsupported("NIfTI voxels of type " + code);
    }

    int code() {
        return code;
    }

    /** Bytes of one voxel. */
    public int bytes() {
        return bytes;
    }

    /** The stored value of voxel {@code index}; 64-bit integers are rounded to 53 bits. */
    double value(ByteBuffer voxels, int index) {
        return switch (this) {
            case UINT8 -> voxels.get(index) & 0xff;
            case INT8 -> voxels.get(index);
            case INT16 -> voxels.getShort(2 * index);
            case UINT16 -> voxels.getShort(2 * index) & 0xffff;
            case INT32 -> voxels.getInt(4 * index);
            case UINT32 -> voxels.getInt(4 * index) & 0xffff_ffffL;
            case FLOAT32 -> voxels.getFloat(4 * index);
            case FLOAT64 -> voxels.getDouble(8 * index);
            case INT64 -> voxels.getLong(8 * index);
            case UINT64 -> unsigned(voxels.getLong(8 * index));
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0; // the lost bit still rounds the right way
    }
}
