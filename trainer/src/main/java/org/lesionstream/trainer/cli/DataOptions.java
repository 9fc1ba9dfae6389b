package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.IndexColumns;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where pictures and masks are, in the options that every command on them shares. */
final class DataOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Pictures, or volumes (.nii, .nii.gz): in train/, val/ and test/, or all in one folder.")
    private Path images;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description =
                    "NAME.png (or .tif, .bmp, .nii, .nii.gz) for each picture: black and white, or class indices.")
    private Path masks;

    @Option(
            names = "--index",
            paramLabel = "FILE",
            description =
                    "A CSV file in place of --images and --masks, with a row for each picture; paths in it start at its folder.")
    private Path index;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "WHAT=COLUMN",
            description = {
                "Columns of --index: image, mask, split (train, val, test) and group (whose cases stay together; only if named",
                "here), for example image=file,group=patient_id (default: image, mask and, if it is there, split)."
            })
    private Map<String, String> columns = Map.of();

    /**
     * The cases.
     *
     * @throws ParameterException when the options do not say where they are
     */
    CaseIndex read() throws IOException {
        if (index == null ? images == null || masks == null : images != null || masks != null) {
            throw new ParameterException(spec.commandLine(), "give either --images and --masks, or --index");
        }
        if (index == null && !columns.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--columns goes with --index");
        }
        return index == null ? CaseIndex.scan(images, masks) : CaseIndex.csv(index, IndexColumns.of(columns));
    }
}
