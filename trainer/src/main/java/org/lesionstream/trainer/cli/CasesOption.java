package org.lesionstream.trainer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import picocli.CommandLine.Option;

/** The options that name the pictures which checkpoints are judged on. */
final class CasesOption {

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Pictures; val/ and test/ in it are scored apart, and train/ is left out.")
    private Path images;

    @Option(names = "--masks", required = true, paramLabel = "DIR", description = "NAME.png for each picture.")
    private Path masks;

    /** The cases by split. What a network learnt from says nothing about it, so {@code train/} counts only where there is nothing else. */
    Map<String, List<CaseFiles>> judged() {
        Map<String, List<CaseFiles>> splits = CaseIndex.scan(images, masks).bySplit();
        Map<String, List<CaseFiles>> judged = new LinkedHashMap<>(splits);
        judged.remove("train");
        return judged.isEmpty() ? splits : judged;
    }
}
