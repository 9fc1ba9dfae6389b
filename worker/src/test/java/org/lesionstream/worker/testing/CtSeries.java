package org.lesionstream.worker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.worker.result.dicom.SourceBuilder;

/** A series of three slices of 14 x 10 pixels that lie 5 mm apart, of a patient who is marked; each shows one bright square. */
public final class CtSeries {
    public static final int ROWS = 10;
    public static final int COLUMNS = 14;
    /** Sides of the bright squares, from the lowest slice to the highest. */
    public static final List<Integer> SIDES = List.of(1, 3, 2);

    private CtSeries() {}

    /** The file of a slice, counted from 0 and from below. */
    public static byte[] slice(int index) {
        byte[] pixels = new byte[2 * ROWS * COLUMNS];
        for (int row = 3; row < 3 + SIDES.get(index); row++) {
            for (int column = 5; column < 5 + SIDES.get(index); column++) {
                pixels[2 * (row * COLUMNS + column) + 1] = 3; // 768, above the window
            }
        }
        double[] position = {-20, 7, z(index)};
        return SourceBuilder.ct(index + 1, ROWS, COLUMNS, position, new double[] {1, 0, 0, 0, 1, 0})
                .text(0x0028_1050, "DS", "256")
                .text(0x0028_1051, "DS", "512")
                .bytes(0x7fe0_0010, "OW", pixels)
                .file();
    }

    /** Where a slice lies along the patient, in millimetres. */
    public static double z(int index) {
        return 5 * index - 2.5;
    }

    /** Writes the slices into a new folder, named against their order. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < SIDES.size(); i++) {
            Files.write(folder.resolve("slice-" + (9 - i) + ".dcm"), slice(i));
        }
        return folder;
    }

    /** A job for a whole series, or another source of many images, whose files tell the spacing. */
    public static Map<String, Object> job(String id, String uri) {
        Map<String, Object> job = new HashMap<>(PackagedSystem.job(id, id, 1, 1, Path.of("/")));
        job.remove("pixelSpacing");
        job.put("image", Map.of("uri", uri));
        return job;
    }
}
