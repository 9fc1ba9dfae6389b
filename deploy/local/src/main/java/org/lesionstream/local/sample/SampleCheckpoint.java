package org.lesionstream.local.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionstream.local.TrainerProcess;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/**
 * The checkpoint that every job asks for.
 *
 * @param store the folder that holds it
 */
public record SampleCheckpoint(CheckpointReference reference, Path store, CheckpointManifest manifest) {

    private static final Duration TRAINING_LIMIT = Duration.ofMinutes(15);

    /** Phantoms to train on; enough for masks that look like masks, since noise would burden the lesion stage as no real mask does. */
    private static final int PICTURES = 40;

    /** A slow machine must not train for long for what is no result; masks are coarser then. */
    private static final double MOST_MINUTES = 2;

    private static final double ENOUGH_DICE = 0.85;

    /** A checkpoint that the user has. */
    public static SampleCheckpoint of(CheckpointReference reference, Path store) throws IOException {
        return new SampleCheckpoint(reference, store, manifest(reference, new CheckpointLayout(store)));
    }

    /** The settings of a worker that has this checkpoint ready and may read these pictures. */
    public Map<String, String> served(SamplePictures pictures) {
        return Map.of(
                "LESIONSTREAM_CHECKPOINTS_STORE", store.toAbsolutePath().toString(),
                "LESIONSTREAM_CHECKPOINTS_PRELOAD", reference.toString(),
                "LESIONSTREAM_DECODE_FILE_ROOTS",
                        pictures.roots().stream().map(Path::toString).collect(Collectors.joining(",")));
    }

    /** Whether an earlier command made that version of the checkpoint of that scale and name. */
    public static boolean isMade(Scale scale, Path folder, String name, int version) {
        return Files.isRegularFile(new CheckpointLayout(store(scale, folder)).manifest(name, version));
    }

    /**
     * The checkpoint of a scale, trained for a minute or two by the packaged trainer unless an earlier command did that.
     *
     * @param folder keeps checkpoints by scale
     * @param name of the checkpoint; those of one scale share a store
     * @param version counted from 1; the one before must be there
     */
    public static SampleCheckpoint made(
            Path trainerJar,
            Scale scale,
            Path folder,
            String name,
            int version,
            long seed,
            Path log,
            Consumer<String> lastLine)
            throws IOException {
        Path store = store(scale, folder);
        if (!isMade(scale, folder, name, version)) {
            Path phantoms = Files.createTempDirectory(Files.createDirectories(folder), "phantoms-");
            String size = String.valueOf(scale.tile());
            run(
                    trainerJar,
                    log,
                    lastLine,
                    List.of(
                            "phantoms",
                            "--out",
                            phantoms.toString(),
                            "--count",
                            String.valueOf(PICTURES),
                            "--size",
                            size,
                            "--channels",
                            "3",
                            "--seed",
                            String.valueOf(seed)));
            run(
                    trainerJar,
                    log,
                    lastLine,
                    List.of(
                            "train",
                            "--images",
                            phantoms.resolve("images").toString(),
                            "--masks",
                            phantoms.resolve("masks").toString(),
                            "--store",
                            store.toString(),
                            "--name",
                            name,
                            "--network",
                            scale.network(),
                            "--size",
                            size,
                            "--geometry",
                            "tiles",
                            "--batch",
                            "4",
                            "--minutes",
                            String.valueOf(MOST_MINUTES),
                            "--until-dice",
                            String.valueOf(ENOUGH_DICE),
                            "--seed",
                            String.valueOf(seed)));
        }
        return of(new CheckpointReference.ByVersion(name, version), store);
    }

    private static Path store(Scale scale, Path folder) {
        String name = (scale.network() + "-" + scale.tile()).replaceAll("[^A-Za-z0-9=]+", "-");
        return folder.resolve(name.toLowerCase(Locale.ROOT));
    }

    private static void run(Path jar, Path log, Consumer<String> lastLine, List<String> arguments) {
        try (TrainerProcess command = TrainerProcess.start(jar, arguments, log)) {
            command.awaitSuccess(TRAINING_LIMIT, lastLine);
        }
    }

    private static CheckpointManifest manifest(CheckpointReference reference, CheckpointLayout layout)
            throws IOException {
        if (reference instanceof CheckpointReference.ByVersion version) {
            return ManifestCodec.read(layout.manifest(version.name(), version.version()));
        }
        if (reference instanceof CheckpointReference.ByAlias alias) {
            int version = AliasHistory.read(layout.aliases(alias.name()))
                    .version(alias.alias())
                    .orElseThrow(() -> new IllegalArgumentException("the store has no " + alias));
            return ManifestCodec.read(layout.manifest(alias.name(), version));
        }
        CheckpointReference.ByDigest wanted = (CheckpointReference.ByDigest) reference;
        try (Stream<Path> versions = Files.list(layout.nameFolder(wanted.name()))) {
            for (Path version : versions.filter(Files::isDirectory).toList()) {
                CheckpointManifest manifest = ManifestCodec.read(version.resolve(CheckpointLayout.manifest()));
                if (manifest.digest().equals(wanted.digest())) {
                    return manifest;
                }
            }
        }
        throw new IllegalArgumentException("the store has no " + wanted);
    }
}
