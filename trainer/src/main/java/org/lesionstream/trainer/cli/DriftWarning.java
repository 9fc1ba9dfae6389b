package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.trainer.export.CheckpointExporter;

/** Tells a user which files of a new version answer otherwise than its fp32 file, more often than a trained network's should. */
final class DriftWarning {

    private DriftWarning() {}

    /** One line for each such file. */
    static void print(List<CheckpointFile> files, PrintWriter err) {
        for (CheckpointFile file : files) {
            double drift = file.drift().labelDisagreement();
            if (drift > CheckpointExporter.EXPECTED_DISAGREEMENT) {
                err.printf(
                        Locale.ROOT,
                        "warning: %s labels %.2f%% of the pixels otherwise than fp32, expected are at most %.2f%%%n",
                        file.file(),
                        100 * drift,
                        100 * CheckpointExporter.EXPECTED_DISAGREEMENT);
            }
        }
        err.flush();
    }
}
