package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.SharedFolder;

class LeakageCheckTest {

    @TempDir
    private Path folder;

    @Test
    void refusesOnePictureInTwoFileFormatsNamingBothCases() throws IOException {
        CaseFiles png = files("first", "png", 1, Optional.empty());
        CaseFiles bmp = files("second", "bmp", 1, Optional.empty());
        assertThat(Files.mismatch(png.image(), bmp.image())).as("files differ").isNotEqualTo(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(Map.of("train", List.of(png), "val", List.of(bmp))))
                .withMessageContaining("first.png (train)")
                .withMessageContaining("second.bmp (val)");
    }

    @Test
    void theTestSplitIsAPart() throws IOException {
        CaseFiles taught = files("taught", "png", 1, Optional.empty());
        CaseFiles judge = files("judge", "png", 2, Optional.empty());
        CaseFiles tested = files("tested", "bmp", 2, Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> check(Map.of("train", List.of(taught), "val", List.of(judge), "test", List.of(tested))))
                .withMessageContaining("judge.png (val)")
                .withMessageContaining("tested.bmp (test)");
    }

    @Test
    void acceptsDifferentPicturesAndTheSameOneTwiceInAPart() throws IOException {
        CaseFiles once = files("once", "png", 1, Optional.of("p1"));
        CaseFiles again = files("again", "bmp", 1, Optional.of("p1"));
        CaseFiles other = files("other", "png", 2, Optional.of("p2"));
        assertThatCode(() -> check(Map.of("train", List.of(once, again), "val", List.of(other))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAGroupInTwoPartsNamingItAndBothCases() throws IOException {
        CaseFiles left = files("left", "png", 1, Optional.of("p1"));
        CaseFiles right = files("right", "png", 2, Optional.of("p1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(Map.of("train", List.of(left), "val", List.of(right))))
                .withMessageContaining("group p1")
                .withMessageContaining("left.png (train)")
                .withMessageContaining("right.png (val)");
    }

    @Test
    void equalSamplesInAnotherShapeAreAnotherPicture() throws IOException {
        BufferedImage oneWay = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
        BufferedImage theOther = new BufferedImage(4, 8, BufferedImage.TYPE_INT_RGB);
        oneWay.setRGB(0, 0, 0xffffff);
        theOther.setRGB(0, 0, 0xffffff);
        Path wide = write("wide", "png", oneWay);
        Path high = write("high", "png", theOther);
        assertThatCode(() -> check(Map.of(
                        "train", List.of(new CaseFiles("wide", wide, wide)),
                        "val", List.of(new CaseFiles("high", high, high)))))
                .doesNotThrowAnyException();
    }

    @Test
    void aScanReadsInOrderWhateverTheThreadsAndTellsHowFarItIs() throws IOException {
        List<CaseFiles> cases = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            cases.add(files("case-" + number, "png", number, Optional.empty()));
        }
        List<Integer> told = new ArrayList<>();
        DatasetScan one = DatasetScan.of(cases, 1, told::add);
        DatasetScan three = DatasetScan.of(cases, 3, read -> {});
        assertThat(told).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        DatasetSplit split = new DatasetSplit(cases.subList(0, 6), cases.subList(6, 12));
        assertThat(DataDigest.of(split, three)).isEqualTo(DataDigest.of(split, one));
        assertThat(DatasetFacts.of(cases, three)).isEqualTo(DatasetFacts.of(cases, one));
    }

    @Test
    void aFileThatIsNoPictureIsNamed() throws IOException {
        CaseFiles good = files("good", "png", 1, Optional.empty());
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        List<CaseFiles> cases = List.of(good, new CaseFiles("broken", broken, good.mask()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetScan.of(cases, 2, read -> {}))
                .withMessageContaining("broken.png");
    }

    @Test
    void publicDataSetsSplitByPatientPass() {
        Path file = SharedFolder.require("data/chase_db1/index.csv");
        CaseIndex index = CaseIndex.csv(file, IndexColumns.of(Map.of("group", "group")));
        assertThatCode(() -> check(index.bySplit())).doesNotThrowAnyException();
    }

    private static void check(Map<String, List<CaseFiles>> parts) {
        List<CaseFiles> cases = parts.values().stream().flatMap(List::stream).toList();
        LeakageCheck.require(parts, DatasetScan.of(cases, 2, read -> {}));
    }

    private CaseFiles files(String name, String format, long seed, Optional<String> group) throws IOException {
        BufferedImage picture = new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(seed);
        for (int pixel = 0; pixel < 30; pixel++) {
            picture.setRGB(pixel % 6, pixel / 6, random.nextInt(1 << 24));
        }
        Path mask = write(name + "-mask", "png", new BufferedImage(6, 5, BufferedImage.TYPE_BYTE_GRAY));
        return new CaseFiles(name, write(name, format, picture), mask, group);
    }

    private Path write(String name, String format, BufferedImage picture) throws IOException {
        Path file = folder.resolve(name + "." + format);
        assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();
        return file;
    }
}
