package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.worker.testing.TestStore;

class IdleEngineTest {

    private final IdleEngine engine = new IdleEngine();

    @Test
    void findsBackgroundInEveryPixelOfEveryTile() {
        InputSpec valid = InputSpec.validTiles(8, 10, 3, 2, 1);

        List<TileOutput> outputs = segmenter(valid).segment(Tiles.inputs(Tiles.random(valid, 3, 1)), 4);

        assertThat(outputs).hasSize(3).allSatisfy(output -> {
            TileOutput.Labels labels = (TileOutput.Labels) output;
            assertThat(labels.labels()).containsOnly(0).hasSize(4 * 6);
            assertThat(labels.confidence()).hasSize(4 * 6);
        });
    }

    @Test
    void givesNoProbabilityToTheOnlyClass() {
        InputSpec fit = InputSpec.fit(4, 5, 1);

        TileOutput output =
                segmenter(fit).segment(Tiles.inputs(Tiles.random(fit, 1, 1)), 1).get(0);

        assertThat(((TileOutput.Probabilities) output).planes()).containsOnly(0).hasSize(20);
    }

    private LoadedSegmenter segmenter(InputSpec input) {
        return engine.load(TestStore.manifest(input, LesionRules.ALL), Path.of("model.pt"));
    }
}
