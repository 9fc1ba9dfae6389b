package org.lesionstream.schemas.checkpoint;

import java.util.regex.Pattern;

/**
 * One TorchScript file of a checkpoint.
 *
 * @param precision number format it computes in
 * @param file its name in the folder of the version, without any folder
 * @param sha256 digest of the file
 * @param bytes its length
 * @param drift its distance from the fp32 file; {@link Drift#NONE} for that file itself
 */
public record CheckpointFile(Precision precision, String file, Digest sha256, long bytes, Drift drift) {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public CheckpointFile {
        if (!FILE_NAME.matcher(file).matches()) {
            throw new IllegalArgumentException("file must match " + FILE_NAME + ", was '" + file + "'");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes must be at least 1, was " + bytes);
        }
    }
}
