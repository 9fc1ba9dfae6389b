package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;

class ImageFetcherTest {

    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    private Path root;
    private Path inside;
    private Path outside;
    private ImageFetcher fetcher;

    @BeforeEach
    void layOutFiles() throws IOException {
        root = Files.createDirectories(folder.resolve("allowed/deep"));
        inside = Files.write(root.resolve("image.png"), CONTENT);
        outside = Files.write(folder.resolve("secret.png"), CONTENT);
        fetcher = new ImageFetcher(List.of(root), CONTENT.length);
    }

    @Test
    void readsAFileBelowAnAllowedFolder() {
        assertThat(fetch(inside.toUri())).isEqualTo(CONTENT);
    }

    @Test
    void followsALinkThatStaysInside() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link.png"), inside);

        assertThat(fetch(link.toUri())).isEqualTo(CONTENT);
    }

    @Test
    void followsALinkedRoot() throws IOException {
        Path linkedRoot = Files.createSymbolicLink(folder.resolve("mount"), root);

        assertThat(new ImageFetcher(List.of(linkedRoot), 100)
                        .fetch(ImageSource.at(linkedRoot.resolve("image.png").toUri()), "/image"))
                .isEqualTo(CONTENT);
    }

    @Test
    void refusesALinkThatLeadsOutside() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link.png"), outside);
        Files.createSymbolicLink(root.resolve("up"), folder);

        assertRefused(FailureCode.SOURCE_NOT_ALLOWED, link.toUri());
        assertRefused(
                FailureCode.SOURCE_NOT_ALLOWED, root.resolve("up/secret.png").toUri());
    }

    @Test
    void refusesPathsThatClimbOut() {
        assertRefused(FailureCode.SOURCE_NOT_ALLOWED, URI.create(root.toUri() + "../../secret.png"));
        assertRefused(FailureCode.SOURCE_NOT_ALLOWED, URI.create(root.toUri() + "%2e%2e/%2e%2e/secret.png"));
    }

    @Test
    void refusesANeighbourWhoseNameBeginsLikeTheRoot() throws IOException {
        Path neighbour = Files.createDirectories(folder.resolve("allowed/deeper"));

        assertRefused(
                FailureCode.SOURCE_NOT_ALLOWED,
                Files.write(neighbour.resolve("image.png"), CONTENT).toUri());
    }

    @Test
    void doesNotTellWhichFilesExistOutside() {
        assertRefused(FailureCode.SOURCE_NOT_ALLOWED, outside.toUri());
        assertRefused(
                FailureCode.SOURCE_NOT_ALLOWED, folder.resolve("absent.png").toUri());
    }

    @Test
    void saysWhenAnAllowedFileIsNotThere() {
        assertRefused(FailureCode.SOURCE_NOT_FOUND, root.resolve("absent.png").toUri());
    }

    @Test
    void refusesFolders() {
        assertRefused(FailureCode.SOURCE_NOT_ALLOWED, root.toUri());
    }

    @Test
    void refusesOtherSchemesAndHosts() {
        for (String uri : List.of(
                "http://127.0.0.1/image.png",
                "ftp://host/image.png",
                "jar:file:/a.jar!/b.png",
                "file://host/image.png")) {
            assertRefused(FailureCode.SOURCE_NOT_ALLOWED, URI.create(uri));
        }
    }

    @Test
    void readsNoFileWithoutAnAllowedFolder() {
        assertFails(FailureCode.SOURCE_NOT_ALLOWED, "/image/uri", () -> new ImageFetcher(List.of(), 100)
                .fetch(ImageSource.at(inside.toUri()), "/image"));
    }

    @Test
    void stopsReadingAtTheLimit() throws IOException {
        Path large = Files.write(root.resolve("large.png"), new byte[CONTENT.length + 1]);

        assertRefused(FailureCode.TOO_MANY_BYTES, large.toUri());
    }

    @Test
    void takesInlineBytesWithinTheLimit() {
        assertThat(fetcher.fetch(ImageSource.inline(CONTENT), "/image")).isEqualTo(CONTENT);
        assertFails(
                FailureCode.TOO_MANY_BYTES,
                "/image/inline",
                () -> fetcher.fetch(ImageSource.inline(new byte[CONTENT.length + 1]), "/image"));
    }

    @Test
    void refusesRootsThatAreNoFolders() {
        assertThatThrownBy(() -> new ImageFetcher(List.of(folder.resolve("absent")), 1))
                .hasMessageStartingWith("file root must be an existing folder");
        assertThatThrownBy(() -> new ImageFetcher(List.of(inside), 1))
                .hasMessageStartingWith("file root must be a folder");
        assertThatThrownBy(() -> new ImageFetcher(List.of(root), 0)).hasMessage("maxBytes must be positive, was 0");
    }

    private byte[] fetch(URI uri) {
        return fetcher.fetch(ImageSource.at(uri), "/image");
    }

    private void assertRefused(FailureCode code, URI uri) {
        assertFails(code, "/image/uri", () -> fetch(uri));
    }
}
