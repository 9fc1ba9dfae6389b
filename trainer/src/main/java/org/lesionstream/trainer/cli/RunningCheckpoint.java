package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.trainer.evaluation.CheckpointEvaluation;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.registry.PublishedCheckpoint;

/** One file of a published checkpoint, loaded to be judged. Confined to one thread; owns native memory until closed. */
final class RunningCheckpoint implements AutoCloseable {
    private final PublishedCheckpoint published;
    private final TorchScriptPredictor predictor;
    private final CheckpointEvaluation evaluation;

    private RunningCheckpoint(PublishedCheckpoint published, TorchScriptPredictor predictor) {
        CheckpointManifest manifest = published.manifest();
        this.published = published;
        this.predictor = predictor;
        this.evaluation = new CheckpointEvaluation(
                manifest.input(),
                manifest.classes().size() + 1,
                manifest.output().threshold(),
                predictor);
    }

    /**
     * Loads the file of a precision.
     *
     * @throws IllegalArgumentException when the checkpoint has none in that precision
     * @throws IOException when it cannot be read
     */
    static RunningCheckpoint load(PublishedCheckpoint published, Precision precision) throws IOException {
        CheckpointManifest manifest = published.manifest();
        CheckpointFile file = manifest.file(precision)
                .orElseThrow(() ->
                        new IllegalArgumentException(reference(manifest) + " has no file in " + precision.text()));
        return new RunningCheckpoint(
                published, TorchScriptPredictor.load(published.folder().resolve(file.file()), manifest.input()));
    }

    PublishedCheckpoint published() {
        return published;
    }

    CheckpointManifest manifest() {
        return published.manifest();
    }

    CheckpointEvaluation evaluation() {
        return evaluation;
    }

    /** Names of the classes, label 1 first. */
    List<String> classNames() {
        return manifest().classes().stream().map(SegmentClass::name).toList();
    }

    /** Name, version and digest in one line for people. */
    String title() {
        return reference(manifest()) + " sha256:" + manifest().digest().hex();
    }

    /** {@code name@version}. */
    String reference() {
        return reference(manifest());
    }

    private static String reference(CheckpointManifest manifest) {
        return manifest.name() + "@" + manifest.version();
    }

    @Override
    public void close() {
        predictor.close();
    }
}
