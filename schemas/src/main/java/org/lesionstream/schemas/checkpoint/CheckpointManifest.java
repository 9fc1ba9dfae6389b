package org.lesionstream.schemas.checkpoint;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.lesion.LesionRules;

/**
 * Everything that decides what a checkpoint makes of an image, except the weights, which stand here by their digests.
 *
 * <p>Immutable once published: another threshold or rule is another version with another {@link #digest()}.
 *
 * @param name name of the checkpoint
 * @param version counted from 1 within the name
 * @param network which network it holds
 * @param classes what it finds, by ascending label
 * @param input what it is fed
 * @param output what it gives back
 * @param lesionRules which regions of its masks count as lesions
 * @param files one TorchScript file per precision
 * @param producer program and version that wrote it
 * @param createdAt when
 * @param lineage digest of {@code lineage.json} beside it, which says what the version was made from; empty where nobody said. So the
 *     digest of a version covers its lineage, and through its parents' digests that of all before it
 */
public record CheckpointManifest(
        String name,
        int version,
        NetworkDescription network,
        List<SegmentClass> classes,
        InputSpec input,
        OutputSpec output,
        LesionRules lesionRules,
        List<CheckpointFile> files,
        String producer,
        Instant createdAt,
        Optional<Digest> lineage) {

    /** A manifest that says nothing of lineage, as all did before there was any. */
    public CheckpointManifest(
            String name,
            int version,
            NetworkDescription network,
            List<SegmentClass> classes,
            InputSpec input,
            OutputSpec output,
            LesionRules lesionRules,
            List<CheckpointFile> files,
            String producer,
            Instant createdAt) {
        this(name, version, network, classes, input, output, lesionRules, files, producer, createdAt, Optional.empty());
    }

    public CheckpointManifest {
        CheckpointReference.checkName(name);
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        classes = List.copyOf(classes);
        files = List.copyOf(files);
        checkClasses(classes, output);
        checkFiles(files);
        OutputKind wanted = input.geometry() == GeometryKind.FIT ? OutputKind.PROBABILITIES : OutputKind.LABELS;
        if (output.kind() != wanted) {
            throw new IllegalArgumentException(
                    "output kind must be " + wanted + " for geometry " + input.geometry() + ", was " + output.kind());
        }
        if (producer.isBlank()) {
            throw new IllegalArgumentException("producer must not be blank");
        }
    }

    /** SHA-256 of the canonical JSON (RFC 8785) of this manifest: names weights, rules and everything else at once. */
    public Digest digest() {
        return Digest.of(ManifestCodec.canonical(this));
    }

    /** The same manifest, vouching for a {@code lineage.json}. */
    public CheckpointManifest withLineage(Digest digest) {
        return new CheckpointManifest(
                name,
                version,
                network,
                classes,
                input,
                output,
                lesionRules,
                files,
                producer,
                createdAt,
                Optional.of(digest));
    }

    /** Name, version and digest. */
    public CheckpointIdentity identity() {
        return new CheckpointIdentity(name, version, digest());
    }

    /** The file for a precision, if there is one. */
    public Optional<CheckpointFile> file(Precision precision) {
        return files.stream().filter(file -> file.precision() == precision).findFirst();
    }

    private static void checkClasses(List<SegmentClass> classes, OutputSpec output) {
        int highest = Math.max(1, output.maps() - 1);
        int before = 0;
        Set<String> names = new HashSet<>();
        for (SegmentClass each : classes) {
            if (each.label() <= before || each.label() > highest) {
                throw new IllegalArgumentException(
                        "labels must ascend from 1 to " + highest + ", was " + each.label() + " after " + before);
            }
            if (!names.add(each.name())) {
                throw new IllegalArgumentException("class names must be unique, was twice " + each.name());
            }
            before = each.label();
        }
        if (before != highest || classes.size() != highest) {
            throw new IllegalArgumentException(
                    "classes must name every label from 1 to " + highest + ", were " + classes.size());
        }
    }

    private static void checkFiles(List<CheckpointFile> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files must not be empty");
        }
        Set<Precision> precisions = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (CheckpointFile file : files) {
            if (!precisions.add(file.precision()) || !names.add(file.file())) {
                throw new IllegalArgumentException("files must differ in precision and name, was twice "
                        + file.precision() + " or " + file.file());
            }
        }
    }
}
