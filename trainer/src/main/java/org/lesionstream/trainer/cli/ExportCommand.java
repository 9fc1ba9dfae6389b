package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.weights.WeightsFile;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports the weights of a published version anew and publishes the files as the next version. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Exports the weights of a checkpoint anew, as the next version; the old one stays. Other lesion rules are",
            "another version too.",
            "How far rounded files are from fp32 is measured on pictures of --images. Without it that drift is measured",
            "on noise, which no network was trained for and which says little about pictures; export.json says which it was."
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private StoreOption store;

    @Mixin
    private CheckpointOption checkpoint;

    @Option(
            names = "--precision",
            split = ",",
            defaultValue = "fp32,bf16,fp16",
            paramLabel = "P",
            converter = PrecisionConverter.class,
            description = "Files to write beside fp32: fp32, bf16, fp16 (default: ${DEFAULT-VALUE}).")
    private Set<Precision> precisions = Set.of();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Pictures to verify with: those of its val/, else of its train/, else its own files.")
    private Path images;

    @Mixin
    private LesionRuleOptions lesionRules;

    @ArgGroup
    private ModeOption mode = new ModeOption();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PublishedCheckpoint source = store.open().resolve(checkpoint.reference());
        requireWeights(source);
        InputSpec input = source.manifest().input();
        List<byte[]> tiles = images == null ? List.of() : VerificationTiles.of(input, images);
        ExportDocument document = ExportDocument.of(source, tiles.size());
        Lineage lineage = InheritedLineage.of(store.open(), source);
        PublishedCheckpoint made = store.open().publish(source.manifest().name(), lineage, folder -> {
            JsonDocuments.write(folder.resolve(ExportDocument.FILE), document);
            return export(source, tiles, folder);
        });
        if (!tiles.isEmpty()) {
            DriftWarning.print(made.manifest().files(), spec.commandLine().getErr());
        }
        PublicationPrinter.print(made, tiles.size(), spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    private static void requireWeights(PublishedCheckpoint source) {
        CheckpointManifest manifest = source.manifest();
        if (manifest.network().name().equals(AdoptCommand.NETWORK)) {
            throw new IllegalArgumentException("the weights of " + manifest.name() + "@" + manifest.version()
                    + " are inside of the module that was adopted, so they cannot be exported anew;"
                    + " adopt its file again with other options instead");
        }
    }

    private IntFunction<CheckpointManifest> export(PublishedCheckpoint source, List<byte[]> tiles, Path folder)
            throws IOException {
        CheckpointManifest old = source.manifest();
        InputSpec input = old.input();
        Set<Precision> wanted = EnumSet.of(Precision.FP32);
        wanted.addAll(precisions);
        WeightsFile weights = WeightsFile.read(source.folder().resolve(CheckpointLayout.weights()));
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape image = new Shape(1, input.channels(), input.height(), input.width());
            SegmentationNetwork network = weights.build(manager, image);
            InferenceMode oldMode = InferenceMode.of(old.network()).simplestFor(network);
            InferenceMode newMode = mode.orElse(oldMode).simplestFor(network);
            copyHistory(source, folder, newMode.equals(oldMode));
            ExportPlan plan = new ExportPlan(input, weights.normalisation(), old.output(), newMode, wanted, tiles);
            List<CheckpointFile> files = CheckpointExporter.export(network, plan, folder);
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            return version -> new CheckpointManifest(
                    old.name(),
                    version,
                    newMode.describe(old.network()),
                    old.classes(),
                    input,
                    old.output(),
                    lesionRules.over(old.lesionRules()),
                    files,
                    spec.root().version()[0],
                    now);
        }
    }

    /** How the weights came about stays true; what they score does too, unless other heads answer now. */
    private static void copyHistory(PublishedCheckpoint source, Path folder, boolean sameMode) throws IOException {
        List<String> names = sameMode
                ? List.of(TrainedCheckpoint.TRAINING, ImportDocument.FILE, TrainedCheckpoint.METRICS)
                : List.of(TrainedCheckpoint.TRAINING, ImportDocument.FILE);
        for (String name : names) {
            Path file = source.folder().resolve(name);
            if (Files.exists(file)) {
                Files.copy(file, folder.resolve(name));
            }
        }
    }
}
