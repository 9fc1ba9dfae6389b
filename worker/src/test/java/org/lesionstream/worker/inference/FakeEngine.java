package org.lesionstream.worker.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** Loads {@link FakeSegmenter}s and remembers them; refuses the versions that it is told to. */
final class FakeEngine implements SegmentationEngine {

    record Load(int version, String file, FakeSegmenter segmenter) {}

    private final int maxBatch;
    private final List<Load> loads = new ArrayList<>();
    private final Set<Integer> refused = new HashSet<>();

    FakeEngine(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public LoadedSegmenter load(CheckpointManifest manifest, Path model) {
        if (refused.contains(manifest.version())) {
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "/checkpoint");
        }
        var segmenter = new FakeSegmenter(manifest.input(), maxBatch);
        loads.add(new Load(manifest.version(), model.getFileName().toString(), segmenter));
        return segmenter;
    }

    void refuse(int version) {
        refused.add(version);
    }

    List<Integer> loadedVersions() {
        return loads.stream().map(Load::version).toList();
    }

    /** The latest load. */
    Load last() {
        return loads.get(loads.size() - 1);
    }

    /** The networks that were loaded and not yet closed. */
    List<Integer> openVersions() {
        return loads.stream()
                .filter(load -> !load.segmenter().closed())
                .map(Load::version)
                .toList();
    }
}
