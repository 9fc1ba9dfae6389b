package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.network.InputRule;
import org.lesionstream.trainer.testing.DiscPictures;

class CaseReaderTest {

    private static final InputRule UNET = new InputRule(16, 1, 16, 0);

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatWasDrawn() {
        CaseFiles files = disc(24, 32);
        Sample drawn = DiscPictures.sample(24, 32, 3);
        assertThat(new CaseReader(InputSpec.tiles(32, 32, 3, 0, 16), 2).source(files))
                .isEqualTo(drawn);
    }

    @Test
    void preparesThePictureLikeTheWorkerAndTheMaskWithIt() {
        CaseFiles files = disc(24, 32);
        InputSpec fit = InputSpec.fit(16, 16, 3);
        CaseReader reader = new CaseReader(fit, 2);
        Sample sample = reader.sample(files);
        assertThat(sample.image())
                .isEqualTo(Geometry.prepare(reader.source(files).image(), fit));
        assertThat(sample.mask().height()).isEqualTo(16);
        assertThat(sample.mask().label(0, 0))
                .isEqualTo(reader.source(files).mask().label(0, 1));
    }

    @Test
    void readsBlackAndWhiteMasks() throws IOException {
        CaseFiles files = withMask(0, 255);
        assertThat(new CaseReader(InputSpec.fit(16, 16, 1), 2)
                        .source(files)
                        .mask()
                        .labels())
                .containsExactly(0, 1);
        assertThat(DatasetFacts.of(List.of(files), DatasetScan.of(List.of(files), 1, read -> {}))
                        .labels())
                .isEqualTo(2);
    }

    @Test
    void readsClassIndices() throws IOException {
        CaseFiles files = withMask(3, 1);
        assertThat(new CaseReader(InputSpec.fit(16, 16, 1), 4)
                        .source(files)
                        .mask()
                        .labels())
                .containsExactly(3, 1);
        assertThat(DatasetFacts.of(List.of(files), DatasetScan.of(List.of(files), 1, read -> {}))
                        .labels())
                .isEqualTo(4);
    }

    @Test
    void refusesAGreyMaskNamingTheFile() throws IOException {
        CaseFiles files = withMask(17, 255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaseReader(InputSpec.fit(16, 16, 1), 2).source(files))
                .withMessageContaining("mask.png")
                .withMessageContaining("17");
    }

    @Test
    void doesNotCountTheLevelsOfAGreyMaskAsClasses() throws IOException {
        CaseFiles files = withMask(17, 255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetFacts.of(List.of(files), DatasetScan.of(List.of(files), 1, read -> {})))
                .withMessageContaining("mask.png")
                .withMessageContaining("255 beside 17");
    }

    @Test
    void refusesWhiteWhereThereAreSeveralClasses() throws IOException {
        CaseFiles files = withMask(0, 255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaseReader(InputSpec.fit(16, 16, 1), 4).source(files))
                .withMessageContaining("below 4, has 255");
    }

    @Test
    void readsMasksOf16Bits() throws IOException {
        CaseFiles classes = withMask16(7, 0, "png");
        assertThat(source(classes, 8).labels()).containsExactly(7, 0);
        CaseFiles white = withMask16(0, 65535, "tif");
        assertThat(source(white, 2).labels()).containsExactly(0, 1);
        for (int level : List.of(255, 256, 65534)) {
            CaseFiles grey = withMask16(0, level, "png");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> source(grey, 8))
                    .withMessageContaining("mask.png")
                    .withMessageContaining("has " + level);
        }
        CaseFiles mixed = withMask16(3, 65535, "png");
        assertThatIllegalArgumentException().isThrownBy(() -> source(mixed, 8)).withMessageContaining("255 beside 3");
    }

    @Test
    void smallPicturesBecomeOneTileAndMiddlingOnesAreFitted() {
        assertThat(choice(new DatasetFacts(100, 120, 2))).isEqualTo(new InputChoice(128, GeometryKind.TILES, UNET));
        assertThat(choice(new DatasetFacts(256, 256, 2))).isEqualTo(new InputChoice(128, GeometryKind.FIT, UNET));
        assertThat(choice(new DatasetFacts(1000, 2000, 2))).isEqualTo(new InputChoice(256, GeometryKind.TILES, UNET));
    }

    @Test
    void givenSizeAndGeometryWin() {
        DatasetFacts facts = new DatasetFacts(100, 120, 2);
        assertThat(InputChoice.of(facts, UNET, true, OptionalInt.of(64), Optional.of(GeometryKind.TILES)))
                .isEqualTo(new InputChoice(64, GeometryKind.TILES, UNET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputChoice.of(
                        facts, new InputRule(32, 32, 32, 0), true, OptionalInt.of(100), Optional.empty()))
                .withMessageContaining("multiples of 32")
                .withMessageContaining("128 x 128 would do");
    }

    @Test
    void networksThatSeeTheWholeImageAreFittedWhateverItsSize() {
        for (int side : List.of(100, 300, 2000)) {
            DatasetFacts facts = new DatasetFacts(side, side, 2);
            assertThat(InputChoice.of(facts, UNET, true, OptionalInt.empty(), Optional.empty()))
                    .isEqualTo(new InputChoice(128, GeometryKind.FIT, UNET));
        }
    }

    @Test
    void networksThatLoseTheirBorderGetTilesThatCoverThePictureAllTheSame() {
        InputRule valid = new InputRule(188, 16, 16, 184);
        InputChoice choice =
                InputChoice.of(new DatasetFacts(256, 256, 2), valid, false, OptionalInt.empty(), Optional.empty());

        assertThat(choice.geometry()).isEqualTo(GeometryKind.TILES);
        InputSpec input = choice.spec(3, 92);
        assertThat(input.outputHeight()).isGreaterThanOrEqualTo(256);
        assertThat(input.margin()).isEqualTo(92);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputChoice.of(
                        new DatasetFacts(256, 256, 2),
                        valid,
                        false,
                        OptionalInt.empty(),
                        Optional.of(GeometryKind.FIT)))
                .withMessageContaining("leave out --geometry fit");
    }

    private static InputChoice choice(DatasetFacts facts) {
        return InputChoice.of(facts, UNET, false, OptionalInt.empty(), Optional.empty());
    }

    private CaseFiles disc(int height, int width) {
        DiscPictures.write(folder, folder.resolve("masks"), 1, height, width, 3);
        return new CaseFiles("disc-000", folder.resolve("disc-000.png"), folder.resolve("masks/disc-000.png"));
    }

    private CaseFiles withMask(int left, int right) throws IOException {
        BufferedImage mask = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        mask.getRaster().setSample(0, 0, 0, left);
        mask.getRaster().setSample(1, 0, 0, right);
        Path file = folder.resolve("mask.png");
        ImageIO.write(mask, "png", file.toFile());
        return new CaseFiles("mask", file, file);
    }

    private static LabelMask source(CaseFiles files, int labels) {
        return new CaseReader(InputSpec.fit(16, 16, 1), labels).source(files).mask();
    }

    private CaseFiles withMask16(int left, int right, String format) throws IOException {
        BufferedImage mask = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        mask.getRaster().setSample(0, 0, 0, left);
        mask.getRaster().setSample(1, 0, 0, right);
        Path file = folder.resolve("mask." + format);
        assertThat(ImageIO.write(mask, format, file.toFile())).isTrue();
        return new CaseFiles("mask", file, file);
    }
}
