package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.export.WeightsFile;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports the weights of a published version anew and publishes the files as the next version. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Exports the weights of a checkpoint anew, as the next version; the old one stays.")
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private StoreOption store;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "REF",
            converter = ReferenceConverter.class,
            description = "The version whose weights to export: name@version, name@alias or name@sha256:digest.")
    private CheckpointReference checkpoint;

    @Option(
            names = "--precision",
            split = ",",
            defaultValue = "fp32,bf16,fp16",
            paramLabel = "P",
            converter = PrecisionConverter.class,
            description = "Files to write beside fp32: fp32, bf16, fp16 (default: ${DEFAULT-VALUE}).")
    private Set<Precision> precisions = Set.of();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PublishedCheckpoint source = store.open().resolve(checkpoint);
        PublishedCheckpoint made = store.open().publish(source.manifest().name(), folder -> export(source, folder));
        PrintWriter out = spec.commandLine().getOut();
        for (CheckpointFile file : made.manifest().files()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %,12d bytes  label disagreement %.6f  dice %.6f%n",
                    file.file(),
                    file.bytes(),
                    file.drift().labelDisagreement(),
                    file.drift().dice());
        }
        out.println("published " + made.manifest().name() + "@"
                + made.manifest().version() + " sha256:" + made.manifest().digest());
        return CommandLine.ExitCode.OK;
    }

    private IntFunction<CheckpointManifest> export(PublishedCheckpoint source, Path folder) throws IOException {
        CheckpointManifest old = source.manifest();
        InputSpec input = old.input();
        Set<Precision> wanted = EnumSet.of(Precision.FP32);
        wanted.addAll(precisions);
        WeightsFile weights = WeightsFile.read(source.folder().resolve(CheckpointLayout.weights()));
        ExportPlan plan =
                new ExportPlan(input, weights.normalisation(), old.output(), OptionalInt.empty(), wanted, List.of());
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape image = new Shape(1, input.channels(), input.height(), input.width());
            SegmentationNetwork network = weights.build(manager, image);
            List<CheckpointFile> files = CheckpointExporter.export(network, plan, folder);
            Instant now = Instant.now();
            return version -> new CheckpointManifest(
                    old.name(),
                    version,
                    old.network(),
                    old.classes(),
                    input,
                    old.output(),
                    old.lesionRules(),
                    files,
                    old.producer(),
                    now);
        }
    }
}
