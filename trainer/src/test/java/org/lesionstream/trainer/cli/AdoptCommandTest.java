package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.testing.DiscPictures;
import org.lesionstream.trainer.testing.ForeignFiles;

class AdoptCommandTest {

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "traced.ts        | logits-nchw        | traced     |",
                "frozen.ts        | logits-nchw        | three-maps |",
                "tuple.ts         | logits-nchw        | three-maps | --take 1",
                "list.ts          | logits-nchw        | three-maps |",
                "dictionary.ts    | logits-nchw        | three-maps | --take out",
                "channels-last.ts | probabilities-nhwc | three-maps |",
            })
    void whatIsPublishedGivesTheProbabilitiesThatPyTorchGave(
            String file, String contract, String expected, String options) throws IOException {
        PublishedCheckpoint made = adopted(file, contract, options);

        assertThat(made.manifest().output()).isEqualTo(new OutputSpec(OutputKind.PROBABILITIES, 3, 0.5));
        byte[] planes = ((TileOutput.Probabilities) answer(made)).planes();
        assertThat(planes).hasSize(3 * 256);
        assertNear(planes, ForeignFiles.expected(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scripted.ts    | logits-nchw  | --normalisation imagenet",
                "scripted.ts    | logits-nchw  | --mean 123.675,116.28,103.53 --deviation 58.395,57.12,57.375",
                "one-map.ts     | logits-nchw  | --classes mole",
            })
    void whatIsPublishedGivesTheLabelsThatPyTorchGave(String file, String contract, String options) throws IOException {
        PublishedCheckpoint made = adopted(file, contract, options + " --geometry tiles --margin 2 --alignment 4");

        byte[] expected = ForeignFiles.expected(file.replace(".ts", ""));
        TileOutput.Labels labels = (TileOutput.Labels) answer(made);
        assertThat(labels.labels()).isEqualTo(Arrays.copyOf(expected, 256)).contains(0, 1);
        assertNear(labels.confidence(), Arrays.copyOfRange(expected, 256, 512));
    }

    @ParameterizedTest
    @CsvSource({"labels.ts", "labels-flat.ts"})
    void labelsThatAreDecidedAlreadyComeThroughWithFullConfidence(String file) throws IOException {
        PublishedCheckpoint made =
                adopted(file, "labels-nchw", "--geometry tiles --alignment 4 --classes vessel,lesion");

        TileOutput.Labels labels = (TileOutput.Labels) answer(made);
        assertThat(labels.labels()).isEqualTo(ForeignFiles.expected("labels")).contains(0, 1, 2);
        assertThat(labels.confidence()).containsOnly(255);
        assertThat(made.manifest().classes()).extracting(SegmentClass::name).containsExactly("vessel", "lesion");
    }

    @Test
    void whatAnUnpaddedModuleLosesBecomesItsMargin() throws IOException {
        InputSpec input = adopted("no-padding.ts", "logits-nchw", "--geometry tiles --alignment 2")
                .manifest()
                .input();

        assertThat(input.margin()).isEqualTo(1);
        assertThat(input.outputHeight()).isEqualTo(14);
        assertThat(input.padded()).isFalse();
    }

    @Test
    void theThresholdDecidesWhatALesionIs() throws IOException {
        String tiles = "--geometry tiles --margin 0 --alignment 4 --threshold ";
        PublishedCheckpoint easy = adopted("one-map.ts", "logits-nchw", tiles + "0.1");
        PublishedCheckpoint strict = adopted("one-map.ts", "logits-nchw", tiles + "0.9");

        assertThat(easy.manifest().output().threshold()).isEqualTo(0.1);
        assertThat(lesionPixels(easy)).isGreaterThan(lesionPixels(strict) + 50);
    }

    @Test
    void aVersionSaysWhereItCameFrom() throws IOException {
        DiscPictures.write(folder.resolve("images/val"), folder.resolve("masks"), 2, 40, 48, 1);
        PublishedCheckpoint made = adopted("tuple.ts", "logits-nchw", "--take 1 --images " + folder.resolve("images"));

        assertThat(out).contains("verified on noise and on 2 tiles of pictures", "published lesion@1 sha256:");
        CheckpointManifest manifest = made.manifest();
        assertThat(manifest.network().name()).isEqualTo("adopted");
        assertThat(manifest.network().options())
                .containsEntry("contract", "logits-nchw")
                .containsEntry("class", "__torch__.Pair")
                .containsEntry("take", "1");
        assertThat(new CheckpointStore(folder.resolve("store")).lineage(made.manifest()))
                .contains(Lineage.adopted());
        assertThat(Files.readString(made.folder().resolve("adopted.json")))
                .contains(
                        "\"file\" : \"tuple.ts\"",
                        Digest.of(ForeignFiles.path("tuple.ts")).hex(),
                        "\"moduleClass\" : \"__torch__.Pair\"",
                        "\"pictureTiles\" : 2");
    }

    @Test
    void equalFilesAndWordsGiveEqualBytes() throws IOException {
        adopted("scripted.ts", "logits-nchw", "");
        adopted("scripted.ts", "logits-nchw", "");

        assertThat(folder.resolve("store/lesion/2/model.fp32.pt"))
                .hasSameBinaryContentAs(folder.resolve("store/lesion/1/model.fp32.pt"));
    }

    @Test
    void theOtherCommandsTakeAnAdoptedVersionForWhatItIs() throws IOException {
        adopted("one-map.ts", "logits-nchw", "");
        DiscPictures.write(folder.resolve("images"), folder.resolve("masks"), 2, 40, 48, 1);

        assertThat(run("list", "--store", store())).isZero();
        assertThat(out).contains("lesion@1", "adopted:class=__torch__.Conv,contract=logits-nchw", "fp32");
        assertThat(run(
                        "evaluate",
                        "--store",
                        store(),
                        "--checkpoint",
                        "lesion@1",
                        "--images",
                        folder.resolve("images").toString(),
                        "--masks",
                        folder.resolve("masks").toString()))
                .as(err)
                .isZero();
        assertThat(out).containsPattern("DSC=[0-9.]+ IoU=[0-9.]+ split=\\S+ cases=2 checkpoint=lesion@1");
        assertThat(run("export", "--store", store(), "--checkpoint", "lesion@1"))
                .isEqualTo(1);
        assertThat(err.strip()).contains("lesion@1", "cannot be exported anew").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state-dict.pt         | logits-nchw        |                          | has no code: it is what torch.save writes",
                "one-map.expected      | logits-nchw        |                          | is no TorchScript file",
                "one-map.ts            | logits-nchw        | --take 1                 | answers with one tensor, so nothing can be taken by 1",
                "tuple.ts              | logits-nchw        | --take 2                 | Tuple[Tensor, Tensor]",
                "tuple.ts              | logits-nchw        | --take out               | numbers from 0 on, not the name out",
                "list.ts               | logits-nchw        | --take 2                 | has 2 tensors, so there is no number 2",
                "dictionary.ts         | logits-nchw        |                          | a dictionary of tensors: say which",
                "dictionary.ts         | logits-nchw        | --take mask              | no key mask, but [aux, out]",
                "half-channels-last.ts | logits-nhwc        |                          | answers [N, 3, 16, 16]",
                "labels-flat.ts        | logits-nchw        |                          | with the shape [1, 16, 16], contract logits-nchw wants [1, K, h, w]",
                "one-map.ts            | probabilities-nchw |                          | is no probability",
                "traced.ts             | logits-nchw        | --threshold 0.3          | is for a module with one map",
                "traced.ts             | logits-nchw        | --classes a,b,c          | so 2 classes have names, not 3",
                "traced.ts             | logits-nchw        | --mean 1,2               | one for each of 3 channels, was [1.0, 2.0]",
                "no-padding.ts         | logits-nchw        |                          | answers [N, 1, 14, 14]",
                "no-padding.ts         | logits-nchw        | --geometry tiles --margin 3 | less by the margin 3 on each side",
                "half-channels-last.ts | logits-nhwc        | --geometry tiles --alignment 1 | that is 3x16 for an input of 16x16; tiles want as much",
                "labels.ts             | labels-nchw        |                          | contract labels-nchw needs geometry tiles",
                "labels.ts             | labels-nchw        | --geometry tiles --alignment 4 | label 2.0",
                "traced.ts             | logits-nchw        | --margin 2               | margin 2 belongs to geometry tiles",
                "batch-mates.ts        | logits-nchw        |                          | must not depend on the other images of a batch",
            })
    void refusesInOneLineAndPublishesNothing(String file, String contract, String options, String reason) {
        assertThat(adopt(file, contract, options)).isEqualTo(1);

        assertThat(err.strip()).startsWith("trainer: ").contains(reason).hasLineCount(1);
        assertThat(out).isEmpty();
        assertThat(folder.resolve("store/lesion/1")).doesNotExist();
    }

    @Test
    void noticesDamagedWeightsThatTheEngineWouldRun() throws IOException {
        byte[] bytes = Files.readAllBytes(ForeignFiles.path("one-map.ts"));
        byte[] weight = {0, 0, 0, (byte) 0xbf}; // the first one, -0.5
        int place =
                new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(weight, StandardCharsets.ISO_8859_1));
        bytes[place + 3] ^= (byte) 0x80;
        Path damaged = Files.write(folder.resolve("damaged.ts"), bytes);

        assertThat(adopt(damaged, "logits-nchw", null)).isEqualTo(1);
        assertThat(err.strip()).contains("the entry data/0 is damaged").hasLineCount(1);
        assertThat(folder.resolve("store/lesion/1")).doesNotExist();
    }

    @Test
    void saysWhatTheEngineSaysWhenTheModuleCannotTakeTheInput() {
        assertThat(run(
                        "adopt",
                        "--torchscript",
                        ForeignFiles.path("one-map.ts").toString(),
                        "--contract=logits-nchw",
                        "--store",
                        store(),
                        "--name=lesion",
                        "--input=1x16x16"))
                .isEqualTo(1);
        assertThat(err.strip())
                .contains("fails on an input of (1, 1, 16, 16)", "to have 3 channels, but got 1 channels")
                .hasLineCount(1);
    }

    private PublishedCheckpoint adopted(String file, String contract, String options) throws IOException {
        assertThat(adopt(file, contract, options)).as(err).isZero();
        List<CheckpointManifest> all = new CheckpointStore(folder.resolve("store")).list("lesion");
        int version = all.get(all.size() - 1).version();
        return new CheckpointStore(folder.resolve("store")).resolve(CheckpointReference.parse("lesion@" + version));
    }

    private int adopt(String file, String contract, String options) {
        return adopt(ForeignFiles.path(file), contract, options);
    }

    private int adopt(Path file, String contract, String options) {
        List<String> words = new ArrayList<>(List.of("adopt", "--torchscript"));
        words.add(file.toString());
        words.addAll(List.of("--contract", contract, "--store", store(), "--name", "lesion", "--input", "3x16x16"));
        if (options != null && !options.isEmpty()) {
            words.addAll(List.of(options.split(" ")));
        }
        return run(words.toArray(String[]::new));
    }

    private static TileOutput answer(PublishedCheckpoint made) throws IOException {
        try (TorchScriptPredictor predictor = TorchScriptPredictor.load(
                made.folder().resolve("model.fp32.pt"), made.manifest().input())) {
            return predictor.predict(List.of(ForeignFiles.tile())).get(0);
        }
    }

    private static int lesionPixels(PublishedCheckpoint made) throws IOException {
        int pixels = 0;
        for (byte label : ((TileOutput.Labels) answer(made)).labels()) {
            pixels += label;
        }
        return pixels;
    }

    /** Two builds of the engine may round to neighbouring bytes. */
    private static void assertNear(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)))
                    .as("byte %d", i)
                    .isLessThanOrEqualTo(1);
        }
    }

    private String store() {
        return folder.resolve("store").toString();
    }

    private int run(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
