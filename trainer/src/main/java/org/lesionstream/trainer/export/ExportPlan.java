package org.lesionstream.trainer.export;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.Normalisation;

/**
 * What to make of a trained network.
 *
 * @param input tiles the files will be fed
 * @param normalisation fixed map of the samples, as in training
 * @param output what the files answer
 * @param mode which heads answer. What the others need is left out
 * @param precisions files to write; FP32 is always among them, since the others are measured against it
 * @param tiles inputs to verify with, {@code [H, W, C]} bytes each, best from validation images; empty for random ones
 */
public record ExportPlan(
        InputSpec input,
        Normalisation normalisation,
        OutputSpec output,
        InferenceMode mode,
        Set<Precision> precisions,
        List<byte[]> tiles) {

    public ExportPlan {
        if (!precisions.contains(Precision.FP32)) {
            throw new IllegalArgumentException("precisions must contain FP32, were " + precisions);
        }
        precisions = java.util.Collections.unmodifiableSet(new TreeSet<>(precisions));
        tiles = List.copyOf(tiles);
        for (byte[] tile : tiles) {
            if (tile.length != input.tileBytes()) {
                throw new IllegalArgumentException(
                        "a tile must have " + input.tileBytes() + " bytes, was " + tile.length);
            }
        }
    }

    /** All precisions, the network's own answer. */
    public static ExportPlan of(InputSpec input, Normalisation normalisation, OutputSpec output, List<byte[]> tiles) {
        return new ExportPlan(input, normalisation, output, InferenceMode.FAST, Set.of(Precision.values()), tiles);
    }
}
