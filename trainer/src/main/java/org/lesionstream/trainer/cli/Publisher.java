package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;

/**
 * Publishes trained networks under one name, each as the next version.
 *
 * @param store where to
 * @param name of the checkpoint
 * @param rules what of a mask counts as a lesion
 * @param producer program and version
 * @param parent whose weights training began with
 * @param out where a line says what was published
 * @param err where progress and warnings are told
 */
record Publisher(
        CheckpointStore store,
        String name,
        LesionRules rules,
        String producer,
        Optional<PublishedCheckpoint> parent,
        PrintWriter out,
        PrintWriter err) {

    /**
     * What was published.
     *
     * @param name of the checkpoint
     * @param version its number
     * @param scores of the exported file by split, the one first that training was judged by
     */
    record Publication(String name, int version, Map<String, SplitScore> scores) {

        /** The words by which commands name it. */
        String reference() {
            return name + "@" + version;
        }
    }

    /** Exports, verifies, scores and publishes. */
    Publication publish(TrainedCheckpoint trained) throws IOException {
        err.println("exporting and verifying");
        err.flush();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, SplitScore> scores = new LinkedHashMap<>();
        PublishedCheckpoint published = store.publish(name, trained.lineage(parent), draft -> {
            IntFunction<CheckpointManifest> manifests = trained.write(draft, name, rules, producer, now);
            scores.putAll(trained.scores(draft));
            return manifests;
        });
        CheckpointManifest manifest = published.manifest();
        DriftWarning.print(manifest.files(), err);
        Map.Entry<String, SplitScore> judging = scores.entrySet().iterator().next();
        out.println(String.format(
                Locale.ROOT,
                "trained %s@%d digest=%s %s-dice=%.4f",
                manifest.name(),
                manifest.version(),
                manifest.digest(),
                judging.getKey(),
                judging.getValue().dice()));
        out.flush();
        return new Publication(manifest.name(), manifest.version(), scores);
    }
}
