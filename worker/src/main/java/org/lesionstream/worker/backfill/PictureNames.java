package org.lesionstream.worker.backfill;

import java.util.List;
import java.util.Locale;

/** Tells pictures from other files by their names, since nobody opens a million files to know what to send. */
final class PictureNames {
    private static final List<String> ENDINGS =
            List.of(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".dcm", ".nii", ".nii.gz");

    private PictureNames() {}

    /** Whether a file of that name, without its folder, may be a picture that workers decode; hidden ones are none. */
    static boolean isPicture(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.stream().anyMatch(small::endsWith);
    }
}
