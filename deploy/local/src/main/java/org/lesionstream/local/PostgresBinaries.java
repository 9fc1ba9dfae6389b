package org.lesionstream.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs of the Maven artifact, unpacked once for this user and used by every later start.
 *
 * <p>They lie under the temporary folder of this JVM (60 MB) and are moved into place in one step, so that processes which unpack at the same time
 * do not see each other's halves.
 */
final class PostgresBinaries {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private PostgresBinaries() {}

    /** The folder that holds {@code bin/initdb} and {@code bin/postgres}. */
    static Path unpacked() {
        Path home = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("lesionstream-postgres-" + System.getProperty("user.name"));
        try {
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpackInto(home);
            }
            requireOwn(home);
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL into " + home, failure);
        }
    }

    private static void unpackInto(Path home) throws IOException {
        Path unpacking = Files.createTempDirectory("lesionstream-postgres-unpacking");
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IllegalStateException(
                        "No PostgreSQL for this machine on the class path; the local stack runs on Linux x86-64");
            }
            unpack(archive, unpacking);
            // PostgreSQL may run as another user than we do.
            Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unpacking, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException moved) {
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw moved; // nobody else was quicker: the failure is real
            }
        } finally {
            Folders.delete(unpacking);
        }
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                    continue;
                }
                Files.copy(tar, file);
                boolean executable = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** Programs that another user put there must not run with our rights. */
    private static void requireOwn(Path home) throws IOException {
        String owner = Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            throw new IllegalStateException(
                    home + " belongs to " + owner + "; remove it, or set another java.io.tmpdir");
        }
    }
}
