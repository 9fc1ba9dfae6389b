package org.lesionstream.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.trainer.registry.DurableFiles;
import org.lesionstream.trainer.weights.SafetensorsFile;

/**
 * A run in one safetensors file: its arrays, and its progress as metadata.
 *
 * <p>The file is replaced in one step after the new one is on the disk, so whoever kills the process or pulls the plug leaves the state of the last call. Numbers are
 * kept exactly.
 */
public final class RunFile implements RunKeeper {
    private static final String PROGRESS = "progress";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private final Path file;

    /**
     * @param file in a folder that exists
     */
    public RunFile(Path file) {
        this.file = file;
    }

    @Override
    public Optional<RunSnapshot> begun() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        SafetensorsFile content = SafetensorsFile.read(file);
        String progress = Optional.ofNullable(content.metadata().get(PROGRESS))
                .orElseThrow(() -> new IOException(file + " is not the file of a training run"));
        return Optional.of(new RunSnapshot(JSON.readValue(progress, RunProgress.class), content.tensors()));
    }

    @Override
    public void keep(RunSnapshot snapshot) throws IOException {
        Path written = file.resolveSibling("." + file.getFileName() + ".writing");
        new SafetensorsFile(Map.of(PROGRESS, JSON.writeValueAsString(snapshot.progress())), snapshot.arrays())
                .write(written);
        DurableFiles.force(written);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.force(file.toAbsolutePath().getParent());
    }
}
