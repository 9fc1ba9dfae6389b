package org.lesionstream.worker.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A copy of the packaged worker in which something is different: the next release, or one with a mistake in it. */
public final class ChangedBuild {

    private static final Path PACKAGED = Path.of("target", "quarkus-app");
    private static final Path SOURCES = Path.of("src", "main", "java");

    private final Path folder;

    private ChangedBuild(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a copy that is the same so far. Hard links, since most of it is large; a jar becomes a file of its own before it is changed.
     *
     * @param target folder that is made
     */
    public static ChangedBuild copy(Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(PACKAGED)) {
            for (Path path : paths.sorted().toList()) {
                Path copy = target.resolve(PACKAGED.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createLink(copy, path);
                }
            }
        }
        return new ChangedBuild(target);
    }

    /** What stands in a source once, and what takes its place. */
    public record Change(String before, String after) {
        private String in(String text) {
            if (text.split(Pattern.quote(before), -1).length != 2) {
                throw new IllegalArgumentException("the source must hold once: " + before);
            }
            return text.replace(before, after);
        }
    }

    /**
     * Compiles a class of the worker from changed source.
     *
     * @param type its name; once for each build
     */
    public ChangedBuild with(String type, Change... changes) throws IOException {
        Path source = Path.of(type.replace('.', '/') + ".java");
        String text = Files.readString(SOURCES.resolve(source), UTF_8);
        for (Change change : changes) {
            text = change.in(text);
        }
        Path scratch = Files.createTempDirectory(folder, "changed-");
        Path changed = scratch.resolve("source").resolve(source);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, text, UTF_8);
        Path classes = Files.createDirectories(scratch.resolve("classes"));
        compile(changed, classes);
        replace(onlyJar("app", ""), classes);
        return this;
    }

    /**
     * Puts a file into one of the worker's libraries, in the place of the one with that name if there is any.
     *
     * @param library part of the name of its jar, there once
     * @param name path in the jar
     */
    public ChangedBuild withResource(String library, String name, String text) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "resource-");
        Path resource = scratch.resolve(name);
        Files.createDirectories(resource.getParent());
        Files.writeString(resource, text, UTF_8);
        replace(onlyJar("lib/main", library), scratch);
        return this;
    }

    /** Its {@code quarkus-run.jar}. */
    public Path jar() {
        return folder.resolve("quarkus-run.jar");
    }

    private void compile(Path source, Path classes) throws IOException {
        try (Stream<Path> jars = Files.walk(folder)) {
            String classPath = jars.filter(path -> path.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-nowarn",
                            "-d",
                            classes.toString(),
                            "-cp",
                            classPath,
                            source.toString());
            if (status != 0) {
                throw new IllegalStateException("the changed source does not compile: " + source);
            }
        }
    }

    /** Writes the files of a folder into a copy of the jar, which then takes its place: the link's other end stays as it is. */
    private static void replace(Path jar, Path changes) throws IOException {
        Path own = jar.resolveSibling(jar.getFileName() + ".new");
        Files.copy(jar, own);
        try (FileSystem archive = FileSystems.newFileSystem(own);
                Stream<Path> files = Files.walk(changes)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path entry = archive.getPath(changes.relativize(file).toString());
                    Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
        Files.move(own, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path onlyJar(String place, String name) throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve(place))) {
            List<Path> found = jars.filter(path -> path.getFileName().toString().contains(name)
                            && path.toString().endsWith(".jar"))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException(place + " must hold one jar " + name + ", held " + found);
            }
            return found.get(0);
        }
    }
}
