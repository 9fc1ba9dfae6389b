package org.lesionstream.trainer.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** NIfTI-1 volumes that a test can draw. */
public final class Volumes {

    private static final int UINT8 = 2;
    private static final int FLOAT32 = 16;
    private static final int HEADER = 352;

    private Volumes() {}

    /** A voxel's value by its place. */
    @FunctionalInterface
    public interface Voxels {
        double at(int column, int row, int slice);
    }

    /** A volume of bytes; compressed where the name says so. */
    public static Path bytes(Path file, int columns, int rows, int slices, Voxels voxels) {
        return write(file, header(columns, rows, slices, UINT8, 0), voxels);
    }

    /** A volume of bytes that mean {@code slope} times what they are. */
    public static Path scaledBytes(Path file, int columns, int rows, int slices, float slope, Voxels voxels) {
        return write(file, header(columns, rows, slices, UINT8, slope), voxels);
    }

    /** A volume in floating point; compressed where the name says so. */
    public static Path floats(Path file, int columns, int rows, int slices, Voxels voxels) {
        return write(file, header(columns, rows, slices, FLOAT32, 0), voxels);
    }

    /**
     * Bright balls in dark noise, and their labels: a pair of {@code images/NAME.nii.gz} in floating point and {@code masks/NAME.nii.gz}.
     *
     * @param side voxels along each axis; slices at both ends hold nothing of the ball
     */
    public static void ball(Path images, Path masks, String name, int side) {
        int seed = name.hashCode();
        int middle = side / 2;
        int radius = side / 3;
        Voxels ball = (column, row, slice) -> {
            int x = column - middle - Math.floorMod(seed, 3);
            int y = row - middle;
            int z = slice - middle;
            return x * x + y * y + z * z <= radius * radius ? 1 : 0;
        };
        floats(
                images.resolve(name + ".nii.gz"),
                side,
                side,
                side,
                (column, row, slice) -> 900 * ball.at(column, row, slice)
                        + Math.floorMod(seed + 31 * column + 17 * row + 7 * slice, 100)
                        + 0.25);
        bytes(masks.resolve(name + ".nii.gz"), side, side, side, ball);
    }

    private static ByteBuffer header(int columns, int rows, int slices, int type, float slope) {
        int bytes = type == UINT8 ? 1 : 4;
        ByteBuffer file =
                ByteBuffer.allocate(HEADER + columns * rows * slices * bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348);
        short[] dimensions = {3, (short) columns, (short) rows, (short) slices, 1, 1, 1, 1};
        for (int i = 0; i < dimensions.length; i++) {
            file.putShort(40 + 2 * i, dimensions[i]);
        }
        file.putShort(70, (short) type).putShort(72, (short) (8 * bytes));
        file.putFloat(76, 1).putFloat(80, 0.5f).putFloat(84, 0.75f).putFloat(88, 2);
        file.putFloat(108, HEADER).putFloat(112, slope);
        file.put(123, (byte) 2);
        file.put(344, "n+1".getBytes(US_ASCII));
        return file;
    }

    private static Path write(Path path, ByteBuffer file, Voxels voxels) {
        boolean bytes = file.getShort(70) == UINT8;
        file.position(HEADER);
        for (int slice = 0; slice < file.getShort(46); slice++) {
            for (int row = 0; row < file.getShort(44); row++) {
                for (int column = 0; column < file.getShort(42); column++) {
                    double value = voxels.at(column, row, slice);
                    if (bytes) {
                        file.put((byte) (int) value);
                    } else {
                        file.putFloat((float) value);
                    }
                }
            }
        }
        byte[] all = new byte[file.capacity()];
        file.get(0, all);
        try {
            Files.createDirectories(path.getParent());
            return Files.write(path, path.toString().endsWith(".gz") ? gzip(all) : all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] file) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(file);
        }
        return compressed.toByteArray();
    }
}
