package org.lesionstream.trainer.cli;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.InputChoice;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * What a file of weights cannot say about the checkpoint that it becomes.
 *
 * @param network with channels and output maps filled in
 * @param input what the network is fed
 * @param output what it gives back
 * @param classes of the labels, in their order
 */
record ImportPlan(NetworkSpec network, InputSpec input, OutputSpec output, List<SegmentClass> classes) {

    /**
     * Fills in what nobody said.
     *
     * @param size side of the square input in pixels
     * @param names of the classes; empty for numbered ones
     * @param threshold least probability of the only class
     */
    static ImportPlan of(
            NetworkSpec asked, int size, Optional<GeometryKind> geometry, List<String> names, double threshold) {
        SegmentationNetwork network = NetworkCatalog.build(asked);
        InputSpec input = InputChoice.of(
                        size, network.inputRule(), network.seesWholeImage(), network.margin(), geometry)
                .spec(network.channels(), network.margin());
        OutputKind kind = input.geometry() == GeometryKind.FIT ? OutputKind.PROBABILITIES : OutputKind.LABELS;
        int labels = Math.max(2, network.classes());
        return new ImportPlan(
                asked.with("channels", network.channels()).with("classes", network.classes()),
                input,
                new OutputSpec(kind, network.classes(), threshold),
                names.isEmpty() ? ClassNames.numbered(labels) : ClassNames.of(names, labels));
    }

    /** Shape of one image for the network. */
    Shape image() {
        return new Shape(1, input.channels(), input.height(), input.width());
    }
}
