package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.worker.failure.FailureAdvice;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CaseQueries;
import org.lesionstream.worker.persist.CaseState;
import org.lesionstream.worker.persist.CheckpointQueries;
import org.lesionstream.worker.persist.SourceQueries;
import org.lesionstream.worker.pipeline.SourceWiring;
import org.lesionstream.worker.pipeline.WorkerConfig;
import org.lesionstream.worker.sink.CaseResults;
import org.lesionstream.worker.sink.FolderSink;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what was found in a closed case in the format of its pictures. */
@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what was found in a closed case in the format of its pictures. For DICOM: a Segmentation with the masks and",
            "a Comprehensive 3D SR (TID 1500) with the lesions, each in a file named by its UID. For a NIfTI volume: a label",
            "volume that lies on it. For other pictures: a PNG for each.",
            "The pictures are read again from where they lie, with the worker's own settings LESIONSTREAM_DECODE_…: patient",
            "and study are copied from DICOM into the results, and kept nowhere else. Written again, a case gives the same",
            "files, so that an archive replaces what it has."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the results are written",
            "1:the case is open, or a mask or a picture is not there any more",
            "2:wrong use"
        })
public final class ResultsCommand implements Callable<Integer> {

    @Option(names = "--case", required = true, paramLabel = "ID", description = "The case.")
    private String caseId;

    @Option(
            names = "--reference",
            paramLabel = "REF",
            description = "The checkpoint as its jobs asked for it, where the case was done under several.")
    private Optional<String> reference = Optional.empty();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder for the files. Those for DICOM hold patient attributes: treat them like the pictures.")
    private Path out;

    @Mixin
    private DatabaseOptions database;

    @Option(names = "--json", description = "Print one JSON document instead of a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        PGSimpleDataSource tables = database.source();
        try {
            List<CaseDetails> found = new CaseQueries(tables)
                    .byId(caseId).stream().filter(this::isWanted).toList();
            if (found.size() != 1) {
                return refuse(
                        found.isEmpty()
                                ? "there is no such case"
                                : "the case was done under several references; name one by --reference");
            }
            CaseDetails details = found.get(0);
            if (details.overview().closedAt().isEmpty()) {
                return refuse("the case is open: " + details.overview().finished() + " of "
                        + details.overview().images() + " images are done");
            }
            CaseResults.Made made = results(tables).make(details);
            if (made.images() == 0) {
                return refuse("no image of the case has a mask");
            }
            new FolderSink(out).put("", made.files());
            print(details, made);
            return ExitCode.OK;
        } catch (SegmentationException failure) {
            return refuse(failure.getMessage() + ": "
                    + FailureAdvice.on(failure.code()).meaning());
        }
    }

    private static CaseResults results(PGSimpleDataSource tables) {
        WorkerConfig.Decode settings = settings();
        return new CaseResults(
                new SourceQueries(tables),
                new CheckpointQueries(tables),
                SourceWiring.fetcher(settings),
                SourceWiring.limits(settings));
    }

    private boolean isWanted(CaseDetails found) {
        return reference.isEmpty() || reference.get().equals(found.overview().reference());
    }

    /** As the worker itself reads them. */
    private static WorkerConfig.Decode settings() {
        String prefix = "lesionstream.decode";
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters() // those of Quarkus, for durations such as 30s
                .withMapping(WorkerConfig.Decode.class, prefix)
                .build()
                .getConfigMapping(WorkerConfig.Decode.class, prefix);
    }

    private void print(CaseDetails details, CaseResults.Made made) throws JsonProcessingException {
        List<Path> files =
                made.files().stream().map(file -> out.resolve(file.name())).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("case", details.overview().caseId());
        fields.put("reference", details.overview().reference());
        fields.put("revision", details.overview().revision());
        fields.put("images", made.images());
        fields.put("complete", details.overview().state() == CaseState.COMPLETE);
        fields.put("files", files.stream().map(Path::toString).toList());
        spec.commandLine().getOut().println(json ? new ObjectMapper().writeValueAsString(fields) : line(fields, files));
    }

    private static String line(Map<String, Object> fields, List<Path> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(file -> text.append(file).append(System.lineSeparator()));
        text.append("results:");
        fields.forEach((name, value) ->
                text.append(' ').append(name).append('=').append(name.equals("files") ? files.size() : value));
        return text.toString();
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("results: " + why);
        return ExitCode.SOFTWARE;
    }
}
