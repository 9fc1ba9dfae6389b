package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.trainer.testing.SharedFolder;
import org.lesionstream.trainer.testing.Volumes;

class VolumeCasesTest {

    private static final InputSpec SPEC = InputSpec.tiles(16, 16, 1, 0, 1);

    @TempDir
    private Path folder;

    @Test
    void everySliceIsACaseInTheOrderOfTheVolume() {
        image("b.nii.gz", 12);
        mask("b.nii", 12);
        image("a.nii", 1);
        mask("a.nii.gz", 1);

        List<CaseFiles> cases = scan().all();
        assertThat(cases).hasSize(13);
        assertThat(cases.get(0)).isEqualTo(new CaseFiles("a", images("a.nii"), masks("a.nii.gz")));
        assertThat(cases.get(1).name()).isEqualTo("b/001");
        assertThat(cases.get(12).name()).isEqualTo("b/012");
        assertThat(cases.get(12).picture()).hasValue(12);
        assertThat(cases.subList(1, 13))
                .extracting(CaseFiles::group)
                .containsOnly(Optional.of(images("b.nii.gz").toString()));
    }

    @Test
    void readsTheSliceOfACase() {
        image("v.nii.gz", 3);
        mask("v.nii.gz", 3);
        Sample third = new CaseReader(SPEC, 3).source(scan().all().get(2));

        assertThat(third.image().height()).isEqualTo(5);
        assertThat(third.image().width()).isEqualTo(4);
        assertThat(third.image().spacing()).hasValue(new PixelSpacing(0.75, 0.5));
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 4; column++) {
                assertThat(third.image().sample(row, column, 0)).isEqualTo(value(column, row, 2));
                assertThat(third.mask().label(row, column)).isEqualTo(label(column, row, 2));
            }
        }
        assertThat(new CaseReader(SPEC, 3).sample(scan().all().get(2)).image()).isEqualTo(third.image());
    }

    @Test
    void aSplitNeverTearsAVolumeApart() {
        for (String name : List.of("a.nii.gz", "b.nii.gz", "c.nii.gz", "d.nii.gz")) {
            image(name, 5);
            mask(name, 5);
        }
        CaseIndex index = scan();
        for (int seed = 0; seed < 20; seed++) {
            DatasetSplit split = DatasetSplit.of(index, seed, 0.3);
            Set<Path> taught = files(split.train());
            assertThat(split.validation()).hasSizeBetween(5, 10);
            assertThat(files(split.validation())).doesNotContainAnyElementsOf(taught);
        }
        for (DatasetSplit fold : DatasetSplit.folds(index, 4, 1)) {
            assertThat(fold.validation()).hasSize(5);
        }
    }

    @Test
    void namesBothFilesAndTheirSizesWhereTheyDoNotFit() {
        image("v.nii.gz", 3);
        mask("v.nii.gz", 4);
        assertThatIllegalArgumentException()
                .isThrownBy(this::scan)
                .withMessage("mask %s has 4x5x4 voxels, its image %s has 4x5x3 voxels"
                        .formatted(masks("v.nii.gz"), images("v.nii.gz")));

        Volumes.bytes(masks("v.nii.gz"), 5, 4, 3, VolumeCasesTest::label); // rows and columns swapped
        assertThatIllegalArgumentException().isThrownBy(this::scan).withMessageContaining("5x4x3 voxels");
    }

    @Test
    void refusesAVolumeWhoseMaskIsOnePicture() throws IOException {
        image("v.nii.gz", 3);
        Files.createDirectories(folder.resolve("masks"));
        ImageIO.write(grey(4, 5, 0), "png", masks("v.png").toFile());
        assertThatIllegalArgumentException()
                .isThrownBy(this::scan)
                .withMessageContaining("v.png has 1 picture")
                .withMessageContaining("4x5x3 voxels");
    }

    @Test
    void namesADamagedVolume() throws IOException {
        image("v.nii.gz", 3);
        mask("v.nii.gz", 3);
        byte[] whole = Files.readAllBytes(masks("v.nii.gz"));
        whole[whole.length - 6] ^= 1;
        Files.write(masks("v.nii.gz"), whole);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetScan.of(scan().all(), 2, read -> {}))
                .withMessageContaining(masks("v.nii.gz").toString());

        Files.writeString(masks("v.nii.gz"), "no volume");
        assertThatIllegalArgumentException().isThrownBy(this::scan).withMessageContaining("masks/v.nii.gz");
    }

    @Test
    void takesTheGroupOfAnIndexAndReadsBothKindsOfFiles() throws IOException {
        image("v.nii.gz", 3);
        mask("v.nii.gz", 3);
        ImageIO.write(grey(4, 5, 9), "png", images("p.png").toFile());
        ImageIO.write(grey(4, 5, 1), "png", masks("p.png").toFile());
        Path csv = Files.writeString(
                folder.resolve("index.csv"),
                "image,mask,patient\nimages/v.nii.gz,masks/v.nii.gz,seven\nimages/p.png,masks/p.png,\n");

        CaseIndex index = CaseIndex.csv(csv, IndexColumns.of(Map.of("group", "patient")));
        assertThat(index.all()).extracting(CaseFiles::name).containsExactly("p", "v/001", "v/002", "v/003");
        assertThat(index.all())
                .extracting(CaseFiles::group)
                .containsExactly(Optional.empty(), Optional.of("seven"), Optional.of("seven"), Optional.of("seven"));
        DatasetScan scan = DatasetScan.of(index.all(), 3, read -> {});
        assertThat(DatasetFacts.of(index.all(), scan)).isEqualTo(new DatasetFacts(5, 5, 3));
    }

    @Test
    void readsThePagesOfATiff() throws IOException {
        tiff(images("t.tif"), grey(4, 5, 10), grey(4, 5, 20));
        tiff(masks("t.tif"), grey(4, 5, 0), grey(4, 5, 1));
        List<CaseFiles> cases = scan().all();
        assertThat(cases).extracting(CaseFiles::name).containsExactly("t/001", "t/002");
        Sample second = new CaseReader(SPEC, 2).source(cases.get(1));
        assertThat(second.image().sample(4, 3, 0)).isEqualTo(20);
        assertThat(second.mask().label(4, 3)).isEqualTo(1);

        tiff(masks("t.tif"), grey(4, 5, 0), grey(4, 5, 1), grey(4, 5, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(this::scan)
                .withMessageContaining("has 3 pictures")
                .withMessageContaining("has 2 pictures");
    }

    @Test
    void aSliceInTwoPartsIsLeakageUnlessItIsBlank() {
        Volumes.bytes(images("train/a.nii"), 4, 5, 2, (column, row, slice) -> slice == 0 ? 0 : column);
        Volumes.bytes(images("val/b.nii"), 4, 5, 2, (column, row, slice) -> slice == 0 ? 0 : row);
        Volumes.bytes(images("val/c.nii"), 4, 5, 2, (column, row, slice) -> slice == 0 ? row + 9 : column);
        for (String name : List.of("train/a.nii", "val/b.nii", "val/c.nii")) {
            Volumes.bytes(masks(name), 4, 5, 2, VolumeCasesTest::label);
        }
        CaseIndex index = scan();
        DatasetScan scan = DatasetScan.of(index.all(), 2, read -> {});
        Map<String, List<CaseFiles>> parts = new HashMap<>(index.bySplit());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeakageCheck.require(parts, scan))
                .withMessageContaining("a.nii, picture 2 (train)")
                .withMessageContaining("c.nii, picture 2 (val)");
        parts.put("val", index.cases("val").subList(0, 2));
        assertThatCode(() -> LeakageCheck.require(parts, scan)).doesNotThrowAnyException();
    }

    @Test
    void readsLabelsInFloatingPointAndScaledOnes() {
        image("v.nii.gz", 3);
        Volumes.floats(masks("v.nii.gz"), 4, 5, 3, VolumeCasesTest::label);
        LabelMask labels = new CaseReader(SPEC, 3).source(scan().all().get(1)).mask();
        assertThat(labels.label(4, 3)).isEqualTo(label(3, 4, 1));

        Volumes.scaledBytes(masks("v.nii.gz"), 4, 5, 3, 0.1f, (column, row, slice) -> 10 * label(column, row, slice));
        assertThat(new CaseReader(SPEC, 3).source(scan().all().get(1)).mask()).isEqualTo(labels);

        Volumes.floats(masks("v.nii.gz"), 4, 5, 3, (column, row, slice) -> 0.5 * column);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaseReader(SPEC, 3).source(scan().all().get(1)))
                .withMessageContaining("masks/v.nii.gz must hold class indices")
                .withMessageContaining("has 0.5");
    }

    @Test
    void verifiesAnExportWithTheMiddleOfAVolume() throws IOException {
        image("v.nii.gz", 3);
        InputSpec input = InputSpec.tiles(4, 4, 1, 0, 1);
        List<byte[]> tiles = VerificationTiles.of(input, folder.resolve("images"));
        assertThat(tiles).hasSize(1);
        assertThat(tiles.get(0)[0]).isEqualTo((byte) value(0, 1, 1)); // the last tile begins in row 1
    }

    @Test
    void readsARealTrainingSet() {
        Path real = SharedFolder.require("data/hippocampus_3d");
        CaseIndex index = CaseIndex.scan(real.resolve("images"), real.resolve("masks"));
        DatasetSplit split = DatasetSplit.of(index, 1, 0.2);
        assertThat(files(split.train())).hasSize(38);
        assertThat(files(split.validation())).hasSize(7);
        DatasetScan scan = DatasetScan.of(index.all(), 2, read -> {});
        assertThat(DatasetFacts.of(index.all(), scan).labels()).isEqualTo(3);
        assertThatCode(() -> LeakageCheck.require(index.bySplit(), scan)).doesNotThrowAnyException();
        assertThat(index.cases("train").get(34).name()).isEqualTo("hippocampus_001/035");
    }

    @Test
    void aNameLosesBothEndingsOfACompressedVolume() {
        assertThat(CaseFiles.stem(Path.of("a.b.nii.gz"))).isEqualTo("a.b");
        assertThat(CaseFiles.stem(Path.of("a.b.nii"))).isEqualTo("a.b");
        assertThat(CaseFiles.stem(Path.of("a.gz"))).isEqualTo("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaseFiles("a", Path.of("a"), Path.of("a"), OptionalInt.of(0), Optional.empty()));
    }

    private void image(String name, int slices) {
        Volumes.bytes(images(name), 4, 5, slices, VolumeCasesTest::value);
    }

    private void mask(String name, int slices) {
        Volumes.bytes(masks(name), 4, 5, slices, VolumeCasesTest::label);
    }

    private static int value(int column, int row, int slice) {
        return 7 * column + 3 * row + 20 * slice;
    }

    private static int label(int column, int row, int slice) {
        return (column + row + slice) % 3;
    }

    private static BufferedImage grey(int width, int height, int value) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, value);
        }
        return image;
    }

    private static void tiff(Path file, BufferedImage... pages) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (BufferedImage page : pages) {
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static Set<Path> files(List<CaseFiles> cases) {
        Set<Path> files = new HashSet<>();
        cases.forEach(each -> files.add(each.image()));
        return files;
    }

    private Path images(String name) {
        return folder.resolve("images").resolve(name);
    }

    private Path masks(String name) {
        return folder.resolve("masks").resolve(name);
    }

    private CaseIndex scan() {
        return CaseIndex.scan(folder.resolve("images"), folder.resolve("masks"));
    }
}
