package org.lesionstream.worker.inference;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;

/**
 * Answers at once and finds nothing: what is left of a worker when inference costs nothing. For measurements only.
 *
 * <p>Outputs have the sizes that the manifest states, and background everywhere; so the lesion stage has less to do than with
 * real masks, too.
 */
final class IdleEngine implements SegmentationEngine {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public LoadedSegmenter load(CheckpointManifest manifest, Path model) {
        return new LoadedSegmenter() {
            @Override
            public List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize) {
                return Stream.generate(() -> background(manifest))
                        .limit(tiles.size())
                        .toList();
            }

            @Override
            public void close() {}
        };
    }

    private static TileOutput background(CheckpointManifest manifest) {
        InputSpec input = manifest.input();
        if (manifest.output().kind() == OutputKind.LABELS) {
            return new TileOutput.Labels(new byte[input.outputPixels()], new byte[input.outputPixels()]);
        }
        byte[] planes = new byte[manifest.output().maps() * input.outputPixels()];
        if (manifest.output().maps() > 1) { // a softmax is certain of its first map, which is the background
            Arrays.fill(planes, 0, input.outputPixels(), (byte) 255);
        }
        return new TileOutput.Probabilities(planes);
    }
}
