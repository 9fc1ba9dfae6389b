package org.lesionstream.worker.decode.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Files below the allowed folders, after every symbolic link is resolved. Outside of them the answer is the same whether a file exists or not.
 *
 * <p>A location that ends in a slash is a folder that holds one series: its DICOM images, whatever their names.
 */
public final class FileSource implements SourceReader {

    private final List<Path> roots;
    private final DecodeLimits limits;

    /**
     * Allows some folders and no more bytes than given.
     *
     * @param roots existing folders below which files may be read; none: no file may
     * @param limits of one file
     */
    public FileSource(List<Path> roots, DecodeLimits limits) {
        this.roots = roots.stream().map(FileSource::realFolder).toList();
        this.limits = limits;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public byte[] read(URI location, String where) {
        return content(allowed(location, where, Files::isRegularFile), where);
    }

    @Override
    public Optional<List<ImagePart>> images(URI location, String where) {
        if (location.getPath() == null || !location.getPath().endsWith("/")) {
            return Optional.empty();
        }
        Path folder = allowed(location, where, Files::isDirectory);
        SeriesImages series = new SeriesImages(limits);
        try (Stream<Path> files = Files.list(folder)) {
            // what stands in the folder by a link is not followed: it may lead outside
            for (Path file : files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                series.add(location.resolve(folder.relativize(file).toString()), content(file, where));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new SegmentationException(FailureCode.SOURCE_UNREADABLE, where, e);
        }
        return Optional.of(series.parts(where));
    }

    private byte[] content(Path file, String where) {
        // What stood behind a link was checked; a link put there since is not followed.
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return ByteLimit.read(stream, limits.maxBytes(), where);
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.SOURCE_UNREADABLE, where, e);
        }
    }

    /** What a location must be. */
    private interface Kind {
        boolean is(Path path, LinkOption... options);
    }

    private Path allowed(URI location, String where, Kind kind) {
        Path named = pathOf(location, where);
        boolean couldBeBelowARoot = roots.stream().anyMatch(named::startsWith);
        try {
            Path file = named.toRealPath();
            if (roots.stream().noneMatch(file::startsWith) || !kind.is(file)) {
                throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where);
            }
            return file;
        } catch (NoSuchFileException e) {
            throw new SegmentationException(
                    couldBeBelowARoot ? FailureCode.SOURCE_NOT_FOUND : FailureCode.SOURCE_NOT_ALLOWED, where, e);
        } catch (IOException e) {
            throw new SegmentationException(
                    couldBeBelowARoot ? FailureCode.SOURCE_UNREADABLE : FailureCode.SOURCE_NOT_ALLOWED, where, e);
        }
    }

    private static Path pathOf(URI location, String where) {
        try {
            return Path.of(location).normalize();
        } catch (IllegalArgumentException e) { // another host, a query, a NUL
            throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where, e);
        }
    }

    private static Path realFolder(Path root) {
        try {
            Path real = root.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new IllegalArgumentException("file root must be a folder, was " + root);
            }
            return real;
        } catch (IOException e) {
            throw new IllegalArgumentException("file root must be an existing folder, was " + root, e);
        }
    }
}
