package org.lesionstream.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the project, seen from this module. */
public final class Project {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("\n  <version>([^<]+)</version>");

    private Project() {}

    /** A file or folder by its path from the top folder. */
    public static Path path(String path) {
        return HOME.resolve(path);
    }

    /** What a file says. */
    public static String text(String path) {
        try {
            return Files.readString(path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version that everything of the project has. */
    public static String version() {
        Matcher version = VERSION.matcher(text("pom.xml"));
        if (!version.find()) {
            throw new IllegalStateException("pom.xml does not say its version");
        }
        return version.group(1);
    }
}
