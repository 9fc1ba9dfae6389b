package org.lesionstream.worker.pipeline;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.RememberedPixels;
import org.lesionstream.worker.decode.SourcePixels;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.InferenceSettings;
import org.lesionstream.worker.persist.ForgetfulResultStore;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.publish.AnswerPublisher;

/**
 * What takes the place of stages that a measurement does without.
 *
 * <p>A worker with a stand-in breaks its promises: masks are empty, nothing is kept, or nobody is answered. It says so loudly
 * at the start. Without any, every method gives back the real thing.
 */
final class StandIns {
    private static final Logger LOG = Logger.getLogger(StandIns.class);

    private final Set<ReplaceableStage> replaced;

    StandIns(Set<ReplaceableStage> replaced) {
        this.replaced = Set.copyOf(replaced);
        if (!replaced.isEmpty()) {
            LOG.warnf(
                    "THIS WORKER ONLY MEASURES: %s replaced by stand-ins (lesionstream.bench.without). Its results are"
                            + " worthless, and jobs that it takes are lost.",
                    replaced.stream().sorted().toList());
        }
    }

    /** Without decode: each source is decoded once. */
    SourcePixels pixels(SourcePixels real) {
        return replaced.contains(ReplaceableStage.DECODE) ? new RememberedPixels(real) : real;
    }

    /** Without inference: the engine is not even started. */
    CheckpointCatalog catalog(Path store, InferenceSettings settings, LongSupplier clock) {
        return replaced.contains(ReplaceableStage.INFERENCE)
                ? CheckpointCatalog.openWithoutEngine(store, settings, clock)
                : CheckpointCatalog.open(store, settings, clock);
    }

    /** Without persist: answers are made, nothing is kept. */
    ResultStore store(ResultStore real, MessageCodec codec) {
        return replaced.contains(ReplaceableStage.PERSIST) ? new ForgetfulResultStore(codec) : real;
    }

    /** Without publish: nobody is answered and no offset is committed. */
    AnswerPublisher publisher(AnswerPublisher real) {
        return replaced.contains(ReplaceableStage.PUBLISH) ? (answers, offsets) -> {} : real;
    }
}
