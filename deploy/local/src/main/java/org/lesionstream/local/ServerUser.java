package org.lesionstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as: it refuses to run as root, and containers often know nobody else.
 *
 * <ul>
 *   <li>{@link #SAME}: we are not root, so neither is PostgreSQL.
 *   <li>{@link #NAMESPACE}: a new user namespace, in which root is nobody; files stay ours. Many sandboxes forbid namespaces.
 *   <li>{@link #NOBODY}: the user 65534, to whom the data folder is given.
 * </ul>
 */
enum ServerUser {
    SAME(""),
    NAMESPACE("unshare --user"),
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

    private static final int NOBODY_ID = 65534;

    private final String prefix;

    ServerUser(String prefix) {
        this.prefix = prefix;
    }

    /** The first of the three that works here. */
    static ServerUser detect() {
        if (!System.getProperty("user.name").equals("root")) {
            return SAME;
        }
        return works(NAMESPACE.command(List.of("true"))) ? NAMESPACE : NOBODY;
    }

    /** The command that runs the given one as this user. */
    List<String> command(List<String> arguments) {
        if (prefix.isEmpty()) {
            return arguments;
        }
        return Stream.concat(Stream.of(prefix.split(" ", -1)), arguments.stream())
                .toList();
    }

    /** Makes the folder this user's own. */
    void own(Path folder) {
        if (this != NOBODY) {
            return;
        }
        try {
            requireReachable(folder);
            for (Path path : Folders.contents(folder)) {
                Files.setAttribute(path, "unix:uid", NOBODY_ID);
                Files.setAttribute(path, "unix:gid", NOBODY_ID);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot give " + folder + " to the user of PostgreSQL", failure);
        }
    }

    private static void requireReachable(Path folder) throws IOException {
        for (Path parent = folder.toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new IllegalStateException(
                        "PostgreSQL cannot run as root, and user " + NOBODY_ID + " cannot enter " + parent
                                + "; use a folder that everybody can enter, for example under /tmp");
            }
        }
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while trying " + command, interrupted);
        }
    }
}
