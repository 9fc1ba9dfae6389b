package org.lesionstream.trainer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.DataDigest;
import org.lesionstream.trainer.data.DatasetFacts;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.data.InputChoice;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.training.RunSettings;

/**
 * Everything that is decided before the first step: which cases, which network, which input, which settings.
 *
 * @param split cases that teach and cases that judge
 * @param test cases of a {@code test/} folder: they neither teach nor choose, and are scored once at the end; often none
 * @param dataDigest SHA-256 over the files of {@code split}
 * @param network with channels and output maps filled in
 * @param labels how many labels exist, background included
 * @param input what the network is fed
 * @param output what it gives back
 * @param settings of the run
 */
record TrainingPlan(
        DatasetSplit split,
        List<CaseFiles> test,
        String dataDigest,
        NetworkSpec network,
        int labels,
        InputSpec input,
        OutputSpec output,
        RunSettings settings) {

    /** Half: right for a sigmoid trained without class weights; another one is a decision of whoever adopts the checkpoint. */
    private static final double THRESHOLD = 0.5;

    private static final int COLOURS = 3;

    /** Looks at the data and fills in what nobody said. */
    static TrainingPlan of(
            Path images,
            Path masks,
            NetworkSpec asked,
            OptionalInt size,
            Optional<GeometryKind> geometry,
            RunSettings settings) {
        CaseIndex index = CaseIndex.scan(images, masks);
        DatasetSplit split = DatasetSplit.of(index, settings.seed(), settings.validationShare());
        DatasetFacts facts = DatasetFacts.of(Stream.concat(split.train().stream(), split.validation().stream())
                .toList());
        int maps = facts.labels() == 2 ? 1 : facts.labels();
        NetworkSpec spec =
                asked.with("channels", asked.count("channels", COLOURS)).with("classes", asked.count("classes", maps));
        SegmentationNetwork network = NetworkCatalog.build(spec);
        if (network.classes() != maps && network.classes() < facts.labels()) {
            throw new IllegalArgumentException(
                    "the masks hold %d labels, the network gives %d maps".formatted(facts.labels(), network.classes()));
        }
        InputSpec input = InputChoice.of(facts, network.inputRule(), network.seesWholeImage(), size, geometry)
                .spec(network.channels(), network.margin());
        OutputKind kind = input.geometry() == GeometryKind.FIT ? OutputKind.PROBABILITIES : OutputKind.LABELS;
        int labels = Math.max(2, network.classes());
        return new TrainingPlan(
                split,
                index.cases("test"),
                DataDigest.of(split),
                spec,
                labels,
                input,
                new OutputSpec(kind, network.classes(), THRESHOLD),
                settings);
    }

    /** Whether the network sees whole images and is cut short of that by tiles. */
    boolean tilesCutItsView() {
        return input.geometry() == GeometryKind.TILES
                && NetworkCatalog.build(network).seesWholeImage();
    }

    /** The classes as a manifest names them: the only one is a lesion, several are numbered. */
    List<SegmentClass> classes() {
        return ClassNames.numbered(labels);
    }
}
