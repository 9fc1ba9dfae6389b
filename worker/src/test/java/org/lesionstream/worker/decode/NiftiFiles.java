package org.lesionstream.worker.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/** NIfTI-1 files for tests of what stands behind the reader. Each carries {@value #MARK} where free text belongs. */
public final class NiftiFiles {

    /** Text that must not be found anywhere. */
    public static final String MARK = "MARK^NAME";

    private static final int INT16 = 4;

    private NiftiFiles() {}

    /**
     * A volume of 3 x 2 pixels a slice, 0.5 mm apart in a row and 0.25 mm in a column, slices 2 mm apart from 10 mm on, in gzip. Voxel {@code i} is stored as
     * {@code 10 * i} and means half of that, less 7.
     */
    public static byte[] volume(int slices) {
        return gzip(file(slices, 1));
    }

    /** The same with several volumes, one after the other, as a plain file. */
    public static byte[] file(int slices, int volumes) {
        int voxels = 6 * slices * volumes;
        ByteBuffer file = ByteBuffer.allocate(352 + 2 * voxels).order(ByteOrder.LITTLE_ENDIAN);
        short[] dimensions = {4, 3, 2, (short) slices, (short) volumes, 1, 1, 1};
        float[] rows = {0.5f, 0, 0, 1, 0, 0.25f, 0, 1, 0, 0, 2, 10};
        file.putInt(0, 348);
        for (int i = 0; i < dimensions.length; i++) {
            file.putShort(40 + 2 * i, dimensions[i]);
        }
        file.putShort(70, (short) INT16).putShort(72, (short) 16);
        file.putFloat(108, 352).putFloat(112, 0.5f).putFloat(116, -7);
        file.put(123, (byte) 2);
        file.put(148, MARK.getBytes(US_ASCII));
        file.putShort(254, (short) 1);
        for (int i = 0; i < rows.length; i++) {
            file.putFloat(280 + 4 * i, rows[i]);
        }
        file.put(344, "n+1".getBytes(US_ASCII));
        for (int i = 0; i < voxels; i++) {
            file.putShort(352 + 2 * i, (short) (10 * i));
        }
        return file.array();
    }

    private static byte[] gzip(byte[] file) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
