package org.lesionstream.worker.decode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Brings the bytes of a source that is a single file or stands in the message itself.
 *
 * <ul>
 *   <li>Files are read below the allowed roots only, after every symbolic link is resolved. Outside of them the answer is the
 *       same whether a file exists or not.
 *   <li>Bytes are counted as they are read; a size that somebody states is not believed.
 *   <li>Stateless, hence shared by the decode threads.
 * </ul>
 */
public final class ImageFetcher {

    private final List<Path> roots;
    private final int maxBytes;

    /**
     * Allows some folders and no more bytes than given.
     *
     * @param roots existing folders below which files may be read; none: no file may
     * @param maxBytes most bytes of one source
     */
    public ImageFetcher(List<Path> roots, long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        this.roots = roots.stream().map(ImageFetcher::realFolder).toList();
        this.maxBytes =
                (int) Math.min(maxBytes, Integer.MAX_VALUE - 16); // an array holds no more, and one byte is read beyond
    }

    /**
     * Brings all bytes of a source without channels.
     *
     * @param where JSON pointer of {@code source} in the job
     * @throws SegmentationException if it is not allowed, not there, too large or cannot be read
     */
    public byte[] fetch(ImageSource source, String where) {
        return source.uri().isPresent() ? read(source.uri().get(), where + "/uri") : inline(source, where + "/inline");
    }

    private byte[] inline(ImageSource source, String where) {
        byte[] bytes = source.inline().orElseThrow().bytes();
        if (bytes.length > maxBytes) {
            throw new SegmentationException(FailureCode.TOO_MANY_BYTES, where);
        }
        return bytes;
    }

    private byte[] read(URI uri, String where) {
        Path file = allowedFile(uri, where);
        // What stood behind a link was checked; a link put there since is not followed.
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = stream.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new SegmentationException(FailureCode.TOO_MANY_BYTES, where);
            }
            return bytes;
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.SOURCE_UNREADABLE, where, e);
        }
    }

    private Path allowedFile(URI uri, String where) {
        if (!"file".equalsIgnoreCase(uri.getScheme())) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where);
        }
        Path named = pathOf(uri, where);
        boolean couldBeBelowARoot = roots.stream().anyMatch(named::startsWith);
        try {
            Path file = named.toRealPath();
            if (roots.stream().noneMatch(file::startsWith) || !Files.isRegularFile(file)) {
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

    private static Path pathOf(URI uri, String where) {
        try {
            return Path.of(uri).normalize();
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
