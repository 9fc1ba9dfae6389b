package org.lesionstream.trainer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;

/** Lineage of a version that carries the weights of another one as they are: it was taught by the same data and recipe. */
final class InheritedLineage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "/data/sha256";

    private InheritedLineage() {}

    static Lineage of(CheckpointStore store, PublishedCheckpoint source) throws IOException {
        Optional<Lineage> known = store.lineage(source.manifest());
        Optional<Digest> data = known.isPresent() ? known.get().data() : recorded(source.folder());
        return Lineage.exported(source.manifest().identity(), data, known.flatMap(Lineage::recipe));
    }

    /** What {@code training.json} says, for versions from before there were lineages. */
    private static Optional<Digest> recorded(Path folder) throws IOException {
        Path training = folder.resolve(TrainedCheckpoint.TRAINING);
        if (!Files.exists(training)) {
            return Optional.empty();
        }
        String digest = JSON.readTree(Files.readAllBytes(training)).at(DATA).textValue();
        return Optional.ofNullable(digest).map(Digest::new);
    }
}
