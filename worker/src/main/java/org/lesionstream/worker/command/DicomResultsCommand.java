package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
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
import org.lesionstream.worker.pipeline.SourceWiring;
import org.lesionstream.worker.pipeline.WorkerConfig;
import org.lesionstream.worker.result.dicom.CaseSegmentation;
import org.lesionstream.worker.result.dicom.DicomObject;
import org.lesionstream.worker.result.dicom.DicomResult;
import org.lesionstream.worker.result.dicom.DicomResults;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what was found in a closed case as DICOM, for an archive. */
@Command(
        name = "dicom-results",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what was found in a closed case of DICOM pictures as DICOM: a Segmentation with the masks and a",
            "Comprehensive 3D SR (TID 1500) with the lesions, each in a file named by its UID.",
            "The pictures are read again from where they lie, with the worker's own settings LESIONSTREAM_DECODE_…: patient",
            "and study are copied from them into the results, and kept nowhere else. Written again, a case gives the same",
            "UIDs, so that an archive replaces what it has."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:both are written, or the report alone where no mask has a pixel",
            "1:the case is open, or a picture is not there any more",
            "2:wrong use"
        })
public final class DicomResultsCommand implements Callable<Integer> {

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
            description = "Folder for the files. They hold patient attributes: treat them like the pictures.")
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
                    .byId(caseId).stream()
                            .filter(each -> reference
                                    .orElse(each.overview().reference())
                                    .equals(each.overview().reference()))
                            .toList();
            if (found.size() != 1) {
                return refuse(
                        found.isEmpty()
                                ? "there is no such case"
                                : "the case has several references; name one by --reference");
            }
            CaseDetails details = found.get(0);
            Optional<Instant> closed = details.overview().closedAt();
            if (closed.isEmpty()) {
                return refuse("the case is open: " + details.overview().finished() + " of "
                        + details.overview().images() + " images are done");
            }
            write(tables, details, closed.get());
            return ExitCode.OK;
        } catch (SegmentationException failure) {
            return refuse(failure.getMessage() + ": "
                    + FailureAdvice.on(failure.code()).meaning());
        } catch (IOException unwritable) {
            return refuse(
                    "the files cannot be written: " + unwritable.getClass().getSimpleName());
        }
    }

    private void write(PGSimpleDataSource tables, CaseDetails details, Instant closed) throws IOException {
        WorkerConfig.Decode settings = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters() // of Quarkus: durations such as 30s
                .withMapping(WorkerConfig.Decode.class, "lesionstream.decode")
                .build()
                .getConfigMapping(WorkerConfig.Decode.class, "lesionstream.decode");
        CaseSegmentation segmentation = new DicomCase(
                        tables, SourceWiring.fetcher(settings), SourceWiring.limits(settings))
                .segmentation(details);
        DicomResult result = DicomResults.of(segmentation, LocalDateTime.ofInstant(closed, ZoneId.systemDefault()));
        Files.createDirectories(out);
        Optional<Path> masks = Optional.empty();
        if (result.segmentation().isPresent()) {
            masks = Optional.of(write(result.segmentation().get()));
        }
        print(details, segmentation, masks, write(result.report()));
        if (result.burnedInAnnotation()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "dicom-results: a picture says that text is part of its pixels; masks over it show that, too");
        }
    }

    /** In one step, so that nobody sends half a file. */
    private Path write(DicomObject object) throws IOException {
        Path file = out.resolve(object.sopInstanceUid() + ".dcm");
        Path begun = Files.createTempFile(out, "result", ".tmp");
        try {
            Files.write(begun, object.file());
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(begun);
        }
        return file;
    }

    private void print(CaseDetails details, CaseSegmentation segmentation, Optional<Path> masks, Path report)
            throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("case", details.overview().caseId());
        fields.put("reference", details.overview().reference());
        fields.put("revision", details.overview().revision());
        fields.put("images", segmentation.images().size());
        fields.put("complete", details.overview().state() == CaseState.COMPLETE);
        fields.put("segmentation", masks.map(Path::toString).orElse(null));
        fields.put("report", report.toString());
        spec.commandLine().getOut().println(json ? new ObjectMapper().writeValueAsString(fields) : line(fields));
    }

    private static String line(Map<String, Object> fields) {
        StringBuilder line = new StringBuilder("dicom-results:");
        fields.forEach(
                (name, value) -> line.append(' ').append(name).append('=').append(value == null ? "-" : value));
        return line.toString();
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("dicom-results: " + why);
        return ExitCode.SOFTWARE;
    }
}
