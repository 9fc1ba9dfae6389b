package org.lesionstream.worker.decode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.decode.dicom.DicomFiles;
import org.lesionstream.worker.delivery.ImagePart;

class FileSourceTest {

    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    private Path root;
    private Path inside;
    private Path outside;
    private FileSource source;

    @BeforeEach
    void layOutFiles() throws IOException {
        root = Files.createDirectories(folder.resolve("allowed/deep"));
        inside = Files.write(root.resolve("image.png"), CONTENT);
        outside = Files.write(folder.resolve("secret.png"), CONTENT);
        source = new FileSource(List.of(root), limits(CONTENT.length));
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

        assertThat(new FileSource(List.of(linkedRoot), limits(100))
                        .read(linkedRoot.resolve("image.png").toUri(), "/image/uri"))
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
    void refusesOtherHosts() {
        assertRefused(FailureCode.SOURCE_NOT_ALLOWED, URI.create("file://host/image.png"));
    }

    @Test
    void readsNoFileWithoutAnAllowedFolder() {
        assertFails(FailureCode.SOURCE_NOT_ALLOWED, "/image/uri", () -> new FileSource(List.of(), limits(100))
                .read(inside.toUri(), "/image/uri"));
    }

    @Test
    void stopsReadingAtTheLimit() throws IOException {
        Path large = Files.write(root.resolve("large.png"), new byte[CONTENT.length + 1]);

        assertRefused(FailureCode.TOO_MANY_BYTES, large.toUri());
    }

    @Test
    void refusesRootsThatAreNoFolders() {
        assertThatThrownBy(() -> new FileSource(List.of(folder.resolve("absent")), limits(1)))
                .hasMessageStartingWith("file root must be an existing folder");
        assertThatThrownBy(() -> new FileSource(List.of(inside), limits(1)))
                .hasMessageStartingWith("file root must be a folder");
    }

    @Test
    void putsTheSlicesOfAFolderInOrderWhateverTheirNames() throws IOException {
        Path series = Files.createDirectories(root.resolve("series"));
        Path top = Files.write(series.resolve("a.dcm"), DicomFiles.slice(1, 7.5));
        Path bottom = Files.write(series.resolve("b.dcm"), DicomFiles.slice(2, -2.5));
        Path middle = Files.write(series.resolve("c"), DicomFiles.slice(3, 2.5));
        Files.write(series.resolve("report.dcm"), DicomFiles.report());
        Files.write(series.resolve("README"), CONTENT);
        Files.createSymbolicLink(series.resolve("link.dcm"), outside);
        FileSource large = new FileSource(List.of(root), limits(10_000));

        List<ImagePart> parts = large.images(series.toUri(), "/image/uri").orElseThrow();

        assertThat(parts)
                .extracting(part -> part.uri().orElseThrow())
                .containsExactly(bottom.toUri(), middle.toUri(), top.toUri());
        assertThat(parts)
                .extracting(part -> part.slice().orElseThrow())
                .containsExactly(new SlicePosition(-2.5, 5), new SlicePosition(2.5, 5), new SlicePosition(7.5, 5));
        assertThat(large.images(top.toUri(), "/image/uri")).isEmpty();
    }

    @Test
    void leavesImagesThatAreNoStackInTheOrderOfTheirNames() throws IOException {
        Path series = Files.createDirectories(root.resolve("views"));
        Path first = Files.write(series.resolve("a.dcm"), DicomFiles.slices(1));
        Path second = Files.write(series.resolve("b.dcm"), DicomFiles.slices(2));
        FileSource large = new FileSource(List.of(root), limits(10_000));

        List<ImagePart> parts = large.images(series.toUri(), "/image/uri").orElseThrow();

        assertThat(parts)
                .containsExactly(
                        new ImagePart(Optional.of(first.toUri()), OptionalInt.empty(), Optional.empty()),
                        new ImagePart(Optional.of(second.toUri()), OptionalInt.empty(), Optional.empty()));
        Files.write(series.resolve("c.dcm"), DicomFiles.slices(1, 1));
        assertFails(FailureCode.MANY_IMAGES, "/image/uri", () -> large.images(series.toUri(), "/image/uri"));
    }

    @Test
    void findsNoImagesInAnEmptyFolderAndNothingOutside() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));

        assertFails(FailureCode.SOURCE_NOT_FOUND, "/image/uri", () -> source.images(empty.toUri(), "/image/uri"));
        assertFails(FailureCode.SOURCE_NOT_ALLOWED, "/image/uri", () -> source.images(folder.toUri(), "/image/uri"));
    }

    private byte[] fetch(URI uri) {
        return source.read(uri, "/image/uri");
    }

    private static DecodeLimits limits(long maxBytes) {
        return new DecodeLimits(maxBytes, 1000, 4);
    }

    private void assertRefused(FailureCode code, URI uri) {
        assertFails(code, "/image/uri", () -> fetch(uri));
    }
}
