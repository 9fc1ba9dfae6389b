package org.lesionstream.schemas.nifti;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/**
 * Writes NIfTI files for tests, field by field from the published headers and without the code that is tested. Every file carries {@value #MARK} in its free text.
 */
final class TestNifti {

    /** Text that must not be found anywhere. */
    static final String MARK = "MARK^NAME";

    private final VoxelType type;
    private final long[] lengths;
    private boolean second;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private String magic = "";
    private double slope;
    private double intercept;
    private double low;
    private double high;
    private int units = 2;
    private double[] sizes = {1, 1, 1, 1};
    private int quaternionCode;
    private double[] quaternion = new double[6];
    private int affineCode;
    private double[] affine = new double[12];
    private int extension;
    private int datatype;

    private TestNifti(VoxelType type, long[] lengths) {
        this.type = type;
        this.lengths = lengths;
        this.datatype = code(type);
    }

    static TestNifti of(VoxelType type, long... lengths) {
        return new TestNifti(type, lengths);
    }

    TestNifti second(boolean wanted) {
        second = wanted;
        return this;
    }

    TestNifti bigEndian(boolean wanted) {
        order = wanted ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return this;
    }

    TestNifti magic(String other) {
        magic = other;
        return this;
    }

    TestNifti scaling(double factor, double summand) {
        slope = factor;
        intercept = summand;
        return this;
    }

    TestNifti shown(double from, double to) {
        low = from;
        high = to;
        return this;
    }

    TestNifti units(int code) {
        units = code;
        return this;
    }

    /** Sign of the third axis, then sizes of a voxel. */
    TestNifti sizes(double... values) {
        sizes = values;
        return this;
    }

    /** b, c, d and the origin. */
    TestNifti quaternion(double... values) {
        quaternionCode = 1;
        quaternion = values;
        return this;
    }

    /** Three rows of four. */
    TestNifti affine(double... values) {
        affineCode = 2;
        affine = values;
        return this;
    }

    /** Bytes between header and voxels. */
    TestNifti extension(int bytes) {
        extension = bytes;
        return this;
    }

    TestNifti datatype(int code) {
        datatype = code;
        return this;
    }

    byte[] file(double... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(second ? header2() : header1());
        out.writeBytes(new byte[4 + extension]);
        ByteBuffer voxel = ByteBuffer.allocate(8).order(order);
        for (double value : values) {
            put(voxel.clear(), value);
            out.write(voxel.array(), 0, voxel.position());
        }
        return out.toByteArray();
    }

    byte[] gzip(double... values) {
        return gzip(file(values));
    }

    static byte[] gzip(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The code of a type as nifti1.h lists it. */
    static int code(VoxelType type) {
        return switch (type) {
            case UINT8 -> 2;
            case INT16 -> 4;
            case INT32 -> 8;
            case FLOAT32 -> 16;
            case FLOAT64 -> 64;
            case INT8 -> 256;
            case UINT16 -> 512;
            case UINT32 -> 768;
            case INT64 -> 1024;
            case UINT64 -> 1280;
        };
    }

    private void put(ByteBuffer voxel, double value) {
        switch (type) {
            case UINT8, INT8 -> voxel.put((byte) (int) value);
            case INT16, UINT16 -> voxel.putShort((short) (int) value);
            case INT32, UINT32 -> voxel.putInt((int) (long) value);
            case FLOAT32 -> voxel.putFloat((float) value);
            case FLOAT64 -> voxel.putDouble(value);
            case INT64 -> voxel.putLong((long) value);
            case UINT64 -> voxel.putLong(new BigDecimal(value).toBigInteger().longValue());
        }
    }

    private byte[] header1() {
        ByteBuffer h = ByteBuffer.allocate(348).order(order);
        h.putInt(0, 348);
        h.putShort(40, (short) lengths.length);
        for (int i = 0; i < 7; i++) {
            h.putShort(42 + 2 * i, (short) (i < lengths.length ? lengths[i] : 1));
        }
        h.putShort(70, (short) datatype);
        h.putShort(72, (short) (8 * type.bytes()));
        floats(h, 76, sizes);
        h.putFloat(108, 352 + extension);
        floats(h, 112, slope, intercept);
        h.put(123, (byte) units);
        floats(h, 124, high, low);
        h.put(148, MARK.getBytes(US_ASCII)); // descrip
        h.put(228, MARK.getBytes(US_ASCII)); // aux_file
        h.putShort(252, (short) quaternionCode);
        h.putShort(254, (short) affineCode);
        floats(h, 256, quaternion);
        floats(h, 280, affine);
        h.put(344, (magic.isEmpty() ? "n+1\0" : magic).getBytes(US_ASCII));
        return h.array();
    }

    private byte[] header2() {
        ByteBuffer h = ByteBuffer.allocate(540).order(order);
        h.putInt(0, 540);
        h.put(4, (magic.isEmpty() ? "n+2\0\r\n\032\n" : magic).getBytes(US_ASCII));
        h.putShort(12, (short) datatype);
        h.putShort(14, (short) (8 * type.bytes()));
        h.putLong(16, lengths.length);
        for (int i = 0; i < 7; i++) {
            h.putLong(24 + 8 * i, i < lengths.length ? lengths[i] : 1);
        }
        doubles(h, 104, sizes);
        h.putLong(168, 544 + extension);
        doubles(h, 176, slope, intercept, high, low);
        h.put(240, MARK.getBytes(US_ASCII)); // descrip
        h.putInt(344, quaternionCode);
        h.putInt(348, affineCode);
        doubles(h, 352, quaternion);
        doubles(h, 400, affine);
        h.putInt(500, units);
        h.put(508, MARK.getBytes(US_ASCII)); // intent_name
        return h.array();
    }

    private static void floats(ByteBuffer header, int at, double... values) {
        for (int i = 0; i < values.length; i++) {
            header.putFloat(at + 4 * i, (float) values[i]);
        }
    }

    private static void doubles(ByteBuffer header, int at, double... values) {
        for (int i = 0; i < values.length; i++) {
            header.putDouble(at + 8 * i, values[i]);
        }
    }
}
