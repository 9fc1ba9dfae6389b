package org.lesionstream.checks.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesionstream.checks.Project;

/** The files of an image, made without a container engine, and programs that run in them as in a container. */
final class ImageTree {
    private static final long SCRIPT_SECONDS = 300;

    private final Path folder;

    private ImageTree(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the tree of an image.
     *
     * @param folder does not exist yet
     * @param options further ones of {@code layout.sh}
     */
    static ImageTree make(String image, Path folder, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script("layout.sh"), image, folder.toString()));
        command.addAll(List.of(options));
        Path log = Files.createTempFile(folder.getParent(), "layout", ".log");
        Process script = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!script.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS) || script.exitValue() != 0) {
            script.destroyForcibly();
            throw new AssertionError("layout.sh " + image + ": " + Files.readString(log));
        }
        return new ImageTree(folder);
    }

    /** A file of the image by its path there. */
    Path file(String path) {
        return folder.resolve("root" + path);
    }

    /**
     * A program that runs the entry point of the image.
     *
     * @param environment all that it gets beside the image's own
     * @param volumes folders by the place where the program sees them, with {@code :rw} behind it or read-only
     */
    ProcessBuilder program(Map<String, String> environment, Map<String, Path> volumes, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(script("run-layout.sh"), folder.toString()));
        volumes.forEach((place, source) -> command.addAll(List.of("-v", source + ":" + place)));
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment()
                .keySet()
                .removeIf(name -> name.startsWith("LESIONSTREAM_") || name.startsWith("QUARKUS_"));
        program.environment().putAll(environment);
        return program;
    }

    private static String script(String name) {
        return Project.path("deploy/container/" + name).toString();
    }
}
