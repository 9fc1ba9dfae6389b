package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.adopt.Adoption;
import org.lesionstream.trainer.adopt.AdoptionPlan;
import org.lesionstream.trainer.adopt.Contract;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes a TorchScript file made elsewhere as a version that workers serve like any other. */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes a TorchScript file made elsewhere as the next version of a checkpoint.",
            "Its module is carried unchanged inside of one that takes bytes and gives bytes;",
            "before it is published both are run on tiles and compared. Only fp32 is written:",
            "in which precision a module computes is its own affair. It sees pictures row by",
            "row, red first. A file is a program: adopt only what you trust."
        })
final class AdoptCommand implements Callable<Integer> {

    /** Network of a version that was adopted. */
    static final String NETWORK = "adopted";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private NormalisationOptions normalisation;

    @Option(
            names = "--torchscript",
            required = true,
            paramLabel = "FILE",
            description = "What torch.jit.script or torch.jit.trace saved, such as the model.ts of a MONAI bundle.")
    private Path file;

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "C",
            converter = ContractConverter.class,
            description = {
                "What the module takes and gives: logits-nchw, probabilities-nchw, logits-nhwc, probabilities-nhwc or labels-nchw.",
                "One map is a single class; of several the first is the background."
            })
    private Contract contract;

    @Mixin
    private LesionRuleOptions lesionRules;

    @Mixin
    private NameOption name;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "CxHxW",
            converter = ImageSize.Converter.class,
            description = "Channels, rows and columns that the module is fed.")
    private ImageSize input;

    @Option(
            names = "--take",
            paramLabel = "N|KEY",
            description = "Which part of an answer of several tensors counts: its place (default: 0) or its key.")
    private String take;

    @Option(
            names = "--geometry",
            paramLabel = "G",
            defaultValue = "fit",
            description =
                    "fit: whole pictures, resized; tiles: windows of them, right only where the module needs no more context"
                            + " than --margin (default: ${DEFAULT-VALUE}).")
    private GeometryKind geometry;

    @Option(
            names = "--margin",
            paramLabel = "P",
            description =
                    "Pixels on each side of a tile that lack context (default: those that the answer lacks, else an eighth of the tile).")
    private Integer margin;

    @Option(
            names = "--alignment",
            paramLabel = "P",
            defaultValue = "16",
            description =
                    "Tiles start at multiples of it: the product of the module's strides (default: ${DEFAULT-VALUE}).")
    private int alignment;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Least probability of a single class (default: 0.5).")
    private Double threshold;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the classes, background left out.")
    private List<String> classes = List.of();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Pictures to verify with beside noise: those of its val/, else of its train/, else its own files.")
    private Path images;

    @Override
    public Integer call() throws IOException {
        AdoptionPlan plan = plan();
        store.open().requireWritable(name.text());
        try (Adoption adoption = Adoption.of(file, plan)) {
            List<byte[]> pictures = images == null ? List.of() : VerificationTiles.of(adoption.input(), images);
            PublishedCheckpoint published = store.open()
                    .publish(name.text(), Lineage.adopted(), folder -> write(folder, plan, adoption, pictures));
            print(published, adoption, pictures.size());
        }
        return CommandLine.ExitCode.OK;
    }

    private AdoptionPlan plan() {
        return new AdoptionPlan(
                contract,
                input.channels(),
                input.height(),
                input.width(),
                normalisation.normalisation(input.channels()),
                Optional.ofNullable(take),
                geometry,
                margin == null ? OptionalInt.empty() : OptionalInt.of(margin),
                alignment,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                classes);
    }

    private IntFunction<CheckpointManifest> write(
            Path folder, AdoptionPlan plan, Adoption adoption, List<byte[]> pictures) throws IOException {
        CheckpointFile written = adoption.write(folder, pictures);
        JsonDocuments.write(
                folder.resolve(AdoptionDocument.FILE), AdoptionDocument.of(file, plan, adoption, pictures.size()));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return version -> new CheckpointManifest(
                name.text(),
                version,
                new NetworkDescription(NETWORK, options(adoption)),
                adoption.classes(),
                adoption.input(),
                adoption.output(),
                lesionRules.over(LesionRules.ALL),
                List.of(written),
                spec.root().version()[0],
                now);
    }

    private Map<String, String> options(Adoption adoption) {
        Map<String, String> options =
                new TreeMap<>(Map.of("contract", contract.text(), "class", adoption.moduleClass()));
        adoption.taken().ifPresent(part -> options.put("take", part));
        return options;
    }

    private void print(PublishedCheckpoint published, Adoption adoption, int pictures) {
        PrintWriter out = spec.commandLine().getOut();
        CheckpointManifest manifest = published.manifest();
        out.printf(
                Locale.ROOT,
                "%s answers %d %s, %dx%d%n",
                adoption.moduleClass(),
                manifest.output().maps(),
                contract == Contract.LABELS_NCHW ? "labels" : manifest.output().maps() == 1 ? "map" : "maps",
                manifest.input().outputHeight(),
                manifest.input().outputWidth());
        out.println(
                pictures == 0
                        ? "verified on noise; --images verifies on pictures as well"
                        : "verified on noise and on " + pictures + " tiles of pictures");
        PublicationPrinter.printName(published, out);
    }
}
