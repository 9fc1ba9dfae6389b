package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.augment.Augmentation;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.DatasetScan;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleCache;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.RecipeFile;
import org.lesionstream.trainer.recipe.Setting;

/** The command that draws what a network will see, on made-up lesions. */
class PreviewCommandTest {

    private static final String VARIED = "flips; elastic:sigma=4; affine:angle=30; hue | brightness";
    private static final int SIDE = 48;
    private static final int LEFT = 34;
    private static final int GAP = 6;

    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void drawLesions() {
        PreviewCommandTest test = new PreviewCommandTest();
        String[] phantoms = {
            "phantoms", "--out", folder.toString(), "--count", "8", "--size", "64", "--val-fraction", "0.25"
        };
        assertThat(test.run(phantoms)).as(test.err::toString).isZero();
    }

    @Test
    void showsTheSamplesOfTrainingEpochByEpoch() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        assertThat(preview(sheet, "--augmentation", VARIED, "--seed", "9"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("preview pictures=3 epochs=2 file=" + sheet);

        BufferedImage drawn = ImageIO.read(sheet.toFile());
        assertThat(drawn.getWidth()).isEqualTo(LEFT + 3 * (SIDE + GAP));
        assertThat(drawn.getHeight()).isEqualTo(GAP + 3 * (SIDE + GAP));
        SegmentationDataset training = training(9);
        for (int row = 0; row < 3; row++) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                int top = GAP + row * (SIDE + GAP);
                int left = LEFT + epoch * (SIDE + GAP);
                Sample sample = training.sample(epoch, row * training.size() / 3);
                PixelGrid image = sample.image();
                assertThat(pixels(sample, (y, x) -> drawn.getRGB(left + x, top + y) & 0xffffff))
                        .as("row %d, epoch %d", row, epoch)
                        .isEqualTo(pixels(
                                sample,
                                (y, x) -> image.sample(y, x, 0) << 16
                                        | image.sample(y, x, 1) << 8
                                        | image.sample(y, x, 2)));
            }
        }
    }

    @Test
    void theSeedDecidesAndNothingElse() throws IOException {
        for (String name : List.of("first.png", "again.png")) {
            assertThat(preview(folder.resolve(name), "--augmentation", VARIED)).isZero();
        }
        assertThat(preview(folder.resolve("other.png"), "--augmentation", VARIED, "--seed", "2"))
                .isZero();
        byte[] first = Files.readAllBytes(folder.resolve("first.png"));
        assertThat(Files.readAllBytes(folder.resolve("again.png"))).isEqualTo(first);
        assertThat(Files.readAllBytes(folder.resolve("other.png"))).isNotEqualTo(first);
    }

    @Test
    void helpListsTheVariations() {
        assertThat(run("preview", "--help")).isZero();
        assertThat(out.toString()).contains("elastic:border=mirror,grid=3", "hue:degrees=20,saturation=0.2", "A | B");
    }

    @Test
    void aMisspeltVariationIsWrongUse() {
        assertThat(preview(folder.resolve("none.png"), "--augmentation", "elastic:sgima=3"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--augmentation: elastic has no option [sgima]");
        assertThat(folder.resolve("none.png")).doesNotExist();
    }

    private int preview(Path sheet, String... options) {
        List<String> all = new ArrayList<>(List.of("preview", "--out", sheet.toString()));
        all.addAll(List.of("--count", "3", "--versions", "2", "--size", Integer.toString(SIDE), "--geometry", "tiles"));
        all.addAll(List.of("--images", folder.resolve("images").toString()));
        all.addAll(List.of("--masks", folder.resolve("masks").toString()));
        all.addAll(List.of("--network", "unet-same:base=4"));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return TrainerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** The samples as training has them. */
    private static SegmentationDataset training(long seed) throws IOException {
        CaseIndex index = CaseIndex.scan(folder.resolve("images"), folder.resolve("masks"));
        List<CaseFiles> cases = index.all();
        Recipe recipe = RecipeFile.named("default")
                .with(Setting.NETWORK, "unet-same:base=4", "test")
                .with(Setting.SIZE, Integer.toString(SIDE), "test")
                .with(Setting.GEOMETRY, "tiles", "test");
        TrainingPlan plan = TrainingPlan.of(
                DatasetSplit.of(index, seed, 0.2), List.of(), recipe, DatasetScan.of(cases, 1, read -> {}));
        CaseReader reader = new CaseReader(plan.input(), plan.labels());
        return new SegmentationDataset(
                new SampleCache(plan.split().train(), reader::sample, 1L << 20),
                plan.input(),
                1,
                Normalisation.unit(3),
                Augmentation.parse(VARIED),
                Optional.empty(),
                seed);
    }

    /** Colours where a sample has no lesion and hence the sheet no outline. */
    private static List<Integer> pixels(Sample sample, IntBinaryOperator colour) {
        List<Integer> colours = new ArrayList<>();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                if (sample.mask().label(y, x) == 0) {
                    colours.add(colour.applyAsInt(y, x));
                }
            }
        }
        return colours;
    }
}
