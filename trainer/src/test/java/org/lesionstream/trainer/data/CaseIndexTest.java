package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.DiscPictures;

class CaseIndexTest {

    @TempDir
    private Path folder;

    @Test
    void readsSplitsFromFolders() {
        write("train", 3);
        write("val", 2);
        CaseIndex index = scan();
        assertThat(index.bySplit()).containsOnlyKeys("train", "val");
        DatasetSplit split = DatasetSplit.of(index, 1, 0.5);
        assertThat(split.train()).hasSize(3);
        assertThat(split.validation()).hasSize(2);
    }

    @Test
    void splitsAFlatFolderByTheSeedAlone() {
        write(".", 10);
        DatasetSplit split = DatasetSplit.of(scan(), 7, 0.2);
        assertThat(split.validation()).hasSize(2);
        assertThat(split.train()).hasSize(8).doesNotContainAnyElementsOf(split.validation());
        assertThat(DatasetSplit.of(scan(), 7, 0.2)).isEqualTo(split);
        assertThat(DatasetSplit.of(scan(), 8, 0.2)).isNotEqualTo(split);
    }

    @Test
    void ordersCasesByName() {
        write(".", 3);
        List<CaseFiles> cases = scan().cases(CaseIndex.ALL);
        assertThat(cases).extracting(CaseFiles::name).containsExactly("disc-000", "disc-001", "disc-002");
    }

    @Test
    void refusesAnImageWithoutAMask() throws IOException {
        write(".", 2);
        Files.delete(folder.resolve("masks/disc-001.png"));
        assertThatIllegalArgumentException().isThrownBy(this::scan).withMessageContaining("disc-001.png");
    }

    @Test
    void masksMayBeTiffOrBmpAndPngComesFirst() throws IOException {
        write(".", 3);
        Path masks = folder.resolve("masks");
        Files.move(masks.resolve("disc-000.png"), masks.resolve("disc-000.bmp"));
        Files.copy(masks.resolve("disc-001.png"), masks.resolve("disc-001.tif"));
        Files.move(masks.resolve("disc-002.png"), masks.resolve("disc-002.tiff"));
        assertThat(scan().cases(CaseIndex.ALL))
                .extracting(files -> files.mask().getFileName().toString())
                .containsExactly("disc-000.bmp", "disc-001.png", "disc-002.tiff");
    }

    @Test
    void refusesAnEmptyFolder() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        assertThatIllegalArgumentException().isThrownBy(this::scan).withMessageContaining("no images");
    }

    @Test
    void refusesASplitThatLeavesNothingToLearnFrom() {
        write(".", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetSplit.of(scan(), 1, 0.5))
                .withMessageContaining("at least one case");
    }

    @Test
    void digestFollowsTheBytesOfEveryFile() throws IOException {
        write(".", 4);
        DatasetSplit split = DatasetSplit.of(scan(), 1, 0.25);
        String digest = digest(split);
        assertThat(digest).hasSize(64).isEqualTo(digest(split));
        Path mask = split.train().get(0).mask();
        Files.write(mask, Files.readAllBytes(split.validation().get(0).mask()));
        assertThat(digest(split)).isNotEqualTo(digest);
    }

    private void write(String split, int count) {
        DiscPictures.write(
                folder.resolve("images").resolve(split), folder.resolve("masks").resolve(split), count, 16, 20, 5);
    }

    private static String digest(DatasetSplit split) {
        return DataDigest.of(split, DatasetScan.of(split.all().toList(), 2, read -> {}));
    }

    private CaseIndex scan() {
        return CaseIndex.scan(folder.resolve("images"), folder.resolve("masks"));
    }
}
