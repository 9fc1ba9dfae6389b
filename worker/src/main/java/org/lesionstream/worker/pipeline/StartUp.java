package org.lesionstream.worker.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.worker.decode.dicom.codec.PixelCodecs;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.ServedCheckpoint;

/** What must be done before the first job: the topics are there, and the named checkpoints are loaded and warm. */
final class StartUp {
    private static final Logger LOG = Logger.getLogger(StartUp.class);

    private final Supplier<Set<String>> createTopics;
    private final CheckpointCatalog catalog;
    private final List<CheckpointReference> preload;
    private final Optional<BareLoop> bareLoop;

    /**
     * @param createTopics creates the topics that are absent and names them
     * @param bareLoop runs the first of the preloaded checkpoints when all are warm
     */
    StartUp(
            Supplier<Set<String>> createTopics,
            CheckpointCatalog catalog,
            List<CheckpointReference> preload,
            Optional<BareLoop> bareLoop) {
        this.createTopics = createTopics;
        this.catalog = catalog;
        this.preload = List.copyOf(preload);
        this.bareLoop = bareLoop;
    }

    /** @throws org.lesionstream.worker.failure.SegmentationException if the worker cannot start as it is set up */
    void prepare() {
        createTopics.get().forEach(created -> LOG.infof("Created topic %s", created));
        if (PixelCodecs.decode(PixelCodecs.JPEG_2000)) {
            LOG.info("Decodes JPEG 2000, in processes of its own");
        }
        for (CheckpointReference reference : preload) {
            ServedCheckpoint checkpoint = catalog.preload(reference);
            LOG.infof(
                    "%s is version %d, digest %s, %s on %s",
                    reference,
                    checkpoint.manifest().version(),
                    checkpoint.digest(),
                    checkpoint.precision(),
                    checkpoint.engine());
        }
        if (!preload.isEmpty()) {
            bareLoop.ifPresent(loop -> loop.run(catalog.resolve(preload.get(0))));
        }
    }
}
