package org.lesionstream.schemas.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.schemas.testing.Contracts;

/** The documents of a checkpoint store as attack surface. */
public final class CheckpointTargets implements Targets {

    @Override
    public List<Target> targets() {
        return List.of(
                target(
                        "manifest",
                        json -> ManifestCodec.parse(json).digest(),
                        "binary-tiles",
                        "fit",
                        "lesion-rules",
                        "multi-class-valid",
                        "with-lineage"),
                target("aliases", json -> AliasHistory.parse(json).current(), "moved-and-moved-back", "rolled-back"),
                target("lineage", json -> Lineage.parse(json).print(), "trained", "ensembled", "exported"),
                new Target(
                        "checkpoint-notes",
                        List.of(note().appendTo(note().appendTo(new byte[0]))),
                        CheckpointNote::parse,
                        ContractViolationException.class));
    }

    private static CheckpointNote note() {
        return new CheckpointNote(7, Instant.parse("2026-11-21T10:00:00Z"), Target.MARK, "misses small lesions");
    }

    private static Target target(String document, Target.Reader reader, String... samples) {
        List<byte[]> sound = Stream.of(samples)
                .map(sample -> Contracts.published("checkpoint-" + document + ".v1", sample))
                .toList();
        return new Target("checkpoint-" + document, sound, reader, ContractViolationException.class);
    }
}
