package org.lesionstream.worker.torture;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The packaged worker with one mistake in it: a copy in which one class was compiled from changed source. */
final class BrokenBuild {

    private static final Path PACKAGED = Path.of("target", "quarkus-app");
    private static final Path SOURCES = Path.of("src", "main", "java");

    private BrokenBuild() {}

    /**
     * Makes the copy.
     *
     * @param target folder that is made
     * @param type name of the class
     * @param right text in its source, there once
     * @param wrong what takes its place
     * @return its {@code quarkus-run.jar}
     */
    static Path make(Path target, String type, String right, String wrong) throws IOException {
        link(PACKAGED, target);
        Path source = Path.of(type.replace('.', '/') + ".java");
        String text = Files.readString(SOURCES.resolve(source), UTF_8);
        if (text.split(java.util.regex.Pattern.quote(right), -1).length != 2) {
            throw new IllegalArgumentException(type + " must hold once: " + right);
        }
        Path changed = target.resolve("changed").resolve(source);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, text.replace(right, wrong), UTF_8);
        Path classes = Files.createDirectories(target.resolve("classes"));
        compile(changed, classes, target);
        replace(onlyJar(target.resolve("app")), classes);
        return target.resolve("quarkus-run.jar");
    }

    /** Hard links, since most of it is large; the jar that will change is copied. */
    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else if (path.getParent().endsWith("app")) {
                    Files.copy(path, copy);
                } else {
                    Files.createLink(copy, path);
                }
            }
        }
    }

    private static void compile(Path source, Path classes, Path build) throws IOException {
        try (Stream<Path> jars = Files.walk(build)) {
            String classPath = jars.filter(path -> path.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            int status = compiler.run(
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

    private static void replace(Path jar, Path classes) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path entry = archive.getPath(classes.relativize(file).toString());
                    Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    private static Path onlyJar(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            List<Path> found =
                    jars.filter(path -> path.toString().endsWith(".jar")).toList();
            if (found.size() != 1) {
                throw new IllegalStateException(folder + " must hold one jar, held " + found);
            }
            return found.get(0);
        }
    }
}
