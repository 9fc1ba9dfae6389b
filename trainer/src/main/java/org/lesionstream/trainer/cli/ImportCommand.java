package org.lesionstream.trainer.cli;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.weights.ImportTarget;
import org.lesionstream.trainer.weights.ReferenceWeights;
import org.lesionstream.trainer.weights.StateDict;
import org.lesionstream.trainer.weights.StateDictImport;
import org.lesionstream.trainer.weights.WeightsMismatchException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes weights that were trained elsewhere. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes weights that were trained elsewhere as the next version.",
            "The file is one of PyTorch (torch.save of a state dict) or safetensors, with the",
            "names of the published code. Nothing in it is executed. Whatever is missing,",
            "unexpected or of another shape is listed, and then nothing is published.",
            "Colour images are fed as red, green, blue. import.json of the version says",
            "what was read, dropped and filled."
        })
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private NormalisationOptions normalisation;

    @Mixin
    private NetworkOption network;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "The weights.")
    private Path from;

    @Mixin
    private LesionRuleOptions lesionRules;

    @Mixin
    private NameOption name;

    @Option(
            names = "--part",
            paramLabel = "P",
            defaultValue = "all",
            description = "all; or encoder: the rest of the network keeps its first weights"
                    + " (default: ${DEFAULT-VALUE}).")
    private StateDictImport.Part part;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the weights that the file lacks (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "256",
            description = "Side of the network's input in pixels (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--geometry",
            paramLabel = "G",
            description = "fit: whole pictures, resized; tiles: windows of them (default: tiles, where the network's"
                    + " margin leaves room in them).")
    private GeometryKind geometry;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "C",
            description = "Names of the classes without the background (default: lesion, or class-1, class-2, ...).")
    private List<String> classes = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "X",
            defaultValue = "0.5",
            description = "Least probability of the only class (default: ${DEFAULT-VALUE}).")
    private double threshold;

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
            description = "Pictures to verify with: those of its val/, else of its train/, else its own files"
                    + " (default: noise).")
    private Path images;

    @Override
    public Integer call() throws IOException {
        ImportPlan plan = ImportPlan.of(network.required(), size, Optional.ofNullable(geometry), classes, threshold);
        Normalisation map = normalisation.normalisation(plan.input().channels());
        CheckpointStore checkpoints = store.open();
        checkpoints.requireWritable(name.text());
        List<byte[]> tiles = images == null ? List.of() : VerificationTiles.of(plan.input(), images);
        Set<Precision> wanted = EnumSet.of(Precision.FP32);
        wanted.addAll(precisions);
        ExportPlan export = new ExportPlan(plan.input(), map, plan.output(), InferenceMode.FAST, wanted, tiles);
        ImportDocument.Source source = new ImportDocument.Source(from, ReferenceWeights.read(from), part, seed);
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork built = initialised(plan, manager);
            StateDictImport imported = StateDictImport.of(source.content(), ImportTarget.of(built), part);
            StateDict.load(built, imported.over(StateDict.of(built)), manager, plan.image());
            ImportDocument document =
                    ImportDocument.of(spec.root().version()[0], plan, source, imported, map, tiles.size());
            announce(document);
            PublishedCheckpoint made = checkpoints.publish(name.text(), Lineage.imported(), folder -> {
                JsonDocuments.write(folder.resolve(ImportDocument.FILE), document);
                return manifest(plan, CheckpointExporter.export(built, export, folder));
            });
            if (!tiles.isEmpty()) {
                DriftWarning.print(made.manifest().files(), spec.commandLine().getErr());
            }
            PublicationPrinter.print(made, tiles.size(), spec.commandLine().getOut());
            return CommandLine.ExitCode.OK;
        } catch (WeightsMismatchException mismatch) {
            return refuse(mismatch);
        }
    }

    private SegmentationNetwork initialised(ImportPlan plan, NDManager manager) {
        Engine.getInstance().setRandomSeed((int) seed);
        SegmentationNetwork built = NetworkCatalog.build(plan.network());
        built.initialize(manager, DataType.FLOAT32, plan.image());
        return built;
    }

    private IntFunction<CheckpointManifest> manifest(ImportPlan plan, List<CheckpointFile> files) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return version -> new CheckpointManifest(
                name.text(),
                version,
                new NetworkDescription(plan.network().name(), plan.network().options()),
                plan.classes(),
                plan.input(),
                plan.output(),
                lesionRules.over(LesionRules.ALL),
                files,
                spec.root().version()[0],
                now);
    }

    private void announce(ImportDocument document) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %s%s, %d tensors with %,d parameters taken, %d dropped, %d filled%n",
                document.file(),
                document.format(),
                document.entry() == null ? "" : ", entry " + document.entry(),
                document.tensors(),
                document.parameters(),
                document.dropped().size(),
                document.filled().size());
        document.filled().forEach(filled -> out.println("filled " + filled));
        out.flush();
    }

    private int refuse(WeightsMismatchException mismatch) {
        PrintWriter err = spec.commandLine().getErr();
        mismatch.problems().forEach(err::println);
        err.println("trainer: %s does not fit %s: %d names are wrong; nothing was published"
                .formatted(from, network.required(), mismatch.problems().size()));
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
