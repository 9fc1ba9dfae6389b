package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.DiscPictures;
import org.lesionstream.trainer.testing.SharedFolder;

class IndexFileTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("a", "b", "c", "other/a")) {
            for (String role : List.of("images", "masks")) {
                Path file = folder.resolve(role).resolve(name + ".png");
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            }
        }
    }

    @Test
    void readsSplitsInTheirOrderAndCasesInThatOfTheirNames() throws IOException {
        CaseIndex index = read("""
                split,note,mask,image
                val,"one, two",masks/b.png,images/b.png
                train,,masks/c.png,images/c.png
                train,,masks/a.png,images/a.png
                """);
        assertThat(index.bySplit().keySet()).containsExactly("train", "val");
        assertThat(index.cases("train")).extracting(CaseFiles::name).containsExactly("a", "c");
        assertThat(index.cases("val"))
                .containsExactly(new CaseFiles("b", folder.resolve("images/b.png"), folder.resolve("masks/b.png")));
    }

    @Test
    void withoutAColumnOfSplitsAllCasesStandTogether() throws IOException {
        CaseIndex index = read("image,mask\nimages/a.png,masks/a.png\nimages/b.png,masks/b.png\n");
        assertThat(index.bySplit()).containsOnlyKeys(CaseIndex.ALL);
        assertThat(index.cases(CaseIndex.ALL)).hasSize(2);
    }

    @Test
    void readsColumnsOfOtherNamesAndGroupsOnlyWhereTheyAreNamed() throws IOException {
        String text = """
                file,truth,part,patient
                images/a.png,masks/a.png,train,p1
                images/b.png,masks/b.png,train,
                """;
        IndexColumns columns =
                IndexColumns.of(Map.of("image", "file", "mask", "truth", "split", "part", "group", "patient"));
        assertThat(read(text, columns).cases("train"))
                .extracting(CaseFiles::group)
                .containsExactly(Optional.of("p1"), Optional.empty());
        assertThat(read(text, IndexColumns.of(Map.of("image", "file", "mask", "truth")))
                        .cases(CaseIndex.ALL))
                .extracting(CaseFiles::group)
                .containsOnly(Optional.empty());
    }

    @Test
    void casesOfOneFileNameAreCalledByTheirPaths() throws IOException {
        CaseIndex index = read("image,mask\nimages/a.png,masks/a.png\nimages/other/a.png,masks/a.png\n");
        assertThat(index.cases(CaseIndex.ALL))
                .extracting(CaseFiles::name)
                .containsExactly("images/a", "images/other/a");
    }

    @Test
    void pathsMayWanderInsideTheFolderButNotLeaveIt() throws IOException {
        Path inside = folder.resolve("images/a.png").toAbsolutePath();
        CaseIndex index = read("image,mask\n%s,masks/other/../a.png\n".formatted(inside));
        assertThat(index.cases(CaseIndex.ALL))
                .extracting(CaseFiles::mask)
                .containsExactly(folder.resolve("masks/a.png"));

        Path outside = Files.createFile(folder.resolveSibling(folder.getFileName() + "-outside.png"));
        try {
            refused("image,mask\n../%s,masks/a.png\n".formatted(outside.getFileName()))
                    .withMessageContaining("index.csv, line 2, column image")
                    .withMessageContaining("lies outside of");
            refused("image,mask\nimages/a.png,%s\n".formatted(outside.toAbsolutePath()))
                    .withMessageContaining("index.csv, line 2, column mask")
                    .withMessageContaining("lies outside of");
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void refusalsNameLineAndColumn() throws IOException {
        refused("image,mask\nimages/a.png,masks/a.png\n\nimages/b.png,masks/x.png\n")
                .withMessageContaining("line 4, column mask: no such file: ")
                .withMessageContaining("x.png");
        refused("image,mask\n ,masks/a.png\n").withMessageContaining("line 2, column image: must name a file");
        refused("image,mask,split\nimages/a.png,masks/a.png,Train\n")
                .withMessageContaining("line 2, column split: must be one of [train, val, test], was 'Train'");
        refused("image,mask\nimages/a.png\n").withMessageContaining("line 2: has 1 fields, the header has 2");
        refused("image,mask\nimages/a.png,masks/a.png\nimages/./a.png,masks/b.png\n")
                .withMessageContaining("line 3, column image")
                .withMessageContaining("is in line 2 as well");
        refused("image,mask\n\"images/a.png,masks/a.png\n").withMessageContaining("index.csv, line 2: a quote");
    }

    @Test
    void refusesAMissingADoubledAndANamedButMissingColumn() throws IOException {
        refused("image,label\nimages/a.png,masks/a.png\n")
                .withMessageContaining("has no column mask, only [image, label]");
        refused("image,mask,mask\nimages/a.png,masks/a.png,x\n").withMessageContaining("two columns mask");
        write("image,mask\nimages/a.png,masks/a.png\n");
        for (String what : List.of("split", "group")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            CaseIndex.csv(folder.resolve("index.csv"), IndexColumns.of(Map.of(what, "somewhere"))))
                    .withMessageContaining("has no column somewhere");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexColumns.of(Map.of("picture", "file")))
                .withMessageContaining("[group, image, mask, split], not for [picture]");
    }

    @Test
    void refusesAFileWithoutCasesAndOneThatIsNoText() throws IOException {
        refused("image,mask\n").withMessageContaining("a header and at least one case");
        Path file = folder.resolve("index.csv");
        Files.write(file, "image,mask\nB\u00e4r.png,masks/a.png".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaseIndex.csv(file, IndexColumns.USUAL))
                .withMessageContaining("must be UTF-8");
    }

    @Test
    void foldersAndAnIndexOfThemGiveTheSameCasesAndTheSameDigest() throws IOException {
        Path discs = folder.resolve("discs");
        StringBuilder text = new StringBuilder("image,mask,split\n");
        for (String split : List.of("train", "val")) {
            DiscPictures.write(
                    discs.resolve("images/" + split), discs.resolve("masks/" + split), 2, 16, 16, split.length());
            for (String name : List.of("disc-000.png", "disc-001.png")) {
                text.append("images/%1$s/%2$s,masks/%1$s/%2$s,%1$s%n".formatted(split, name));
            }
        }
        Path file = Files.writeString(discs.resolve("index.csv"), text);
        CaseIndex listed = CaseIndex.csv(file, IndexColumns.USUAL);
        CaseIndex scanned = CaseIndex.scan(discs.resolve("images"), discs.resolve("masks"));
        assertThat(listed).isEqualTo(scanned);
        assertThat(digest(listed)).isEqualTo(digest(scanned));
    }

    @Test
    void readsTheIndexesOfPublicDataSets() throws IOException {
        Path data = SharedFolder.require("data");
        TreeMap<String, Integer> cases = new TreeMap<>();
        try (Stream<Path> folders = Files.list(data)) {
            for (Path set : folders.sorted().toList()) {
                Path file = set.resolve("index.csv");
                if (Files.exists(file) && Files.readString(file).startsWith("image,mask,split")) {
                    boolean grouped = Files.readString(file).startsWith("image,mask,split,group");
                    IndexColumns columns = IndexColumns.of(grouped ? Map.of("group", "group") : Map.of());
                    CaseIndex index = CaseIndex.csv(file, columns);
                    cases.put(
                            set.getFileName().toString(),
                            index.bySplit().values().stream()
                                    .mapToInt(List::size)
                                    .sum());
                }
            }
        }
        assertThat(cases)
                .hasSize(16)
                .containsEntry("isic2018_256", 800)
                .containsEntry("busi", 186)
                .containsEntry("chase_db1", 20);
    }

    private static String digest(CaseIndex index) {
        DatasetSplit split = DatasetSplit.of(index, 1, 0.5);
        return DataDigest.of(split, DatasetScan.of(split.all().toList(), 1, read -> {}));
    }

    private ThrowableAssertAlternative<IllegalArgumentException> refused(String text) throws IOException {
        write(text);
        return assertThatIllegalArgumentException()
                .isThrownBy(() -> CaseIndex.csv(folder.resolve("index.csv"), IndexColumns.USUAL));
    }

    private CaseIndex read(String text) throws IOException {
        return read(text, IndexColumns.USUAL);
    }

    private CaseIndex read(String text, IndexColumns columns) throws IOException {
        write(text);
        return CaseIndex.csv(folder.resolve("index.csv"), columns);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("index.csv"), text);
    }
}
