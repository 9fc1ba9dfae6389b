package org.lesionstream.trainer.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.testing.ForeignFiles;

class AdoptionVerifierTest {

    private static final Normalisation RIGHT = Normalisation.unit(3);

    @TempDir
    private Path folder;

    @Test
    void noticesAFileThatNormalisesOtherwise() throws IOException {
        AdoptionPlan plan = plan(RIGHT);
        try (Adoption adoption = Adoption.of(ForeignFiles.path("one-map.ts"), plan)) {
            adoption.write(folder, List.of());
            Path file = folder.resolve("model.fp32.pt");
            List<byte[]> tiles = VerificationTiles.noise(adoption.input());
            AdoptionVerifier verifier = new AdoptionVerifier(adoption.input(), adoption.output());

            assertThatCode(() -> verifier.verify(file, tiles, expectations(plan, adoption, tiles)))
                    .doesNotThrowAnyException();
            Normalisation wrong = new Normalisation(List.of(0.0, 8.0, 0.0), RIGHT.deviation());
            assertThatThrownBy(() -> verifier.verify(file, tiles, expectations(plan(wrong), adoption, tiles)))
                    .isInstanceOf(AdoptionException.class)
                    .hasMessageContaining("for image 0 in a batch of 1 the file says label");
        }
    }

    @Test
    void expectsWhatTheModuleSaysAndNotWhatTheFileSays() throws IOException {
        AdoptionPlan plan = plan(RIGHT);
        try (Adoption adoption = Adoption.of(ForeignFiles.path("one-map.ts"), plan)) {
            byte[] expected = ForeignFiles.expected("one-map"); // labels, then confidences
            Expectation expectation =
                    expectations(plan, adoption, List.of(ForeignFiles.tile())).get(0);

            for (int pixel = 0; pixel < 256; pixel++) {
                float lesion = expectation.pixels()[pixel][0];
                float chosen = expected[pixel] == 1 ? lesion : 1 - lesion;
                assertThat(Math.abs(255 * chosen - (expected[256 + pixel] & 0xff)))
                        .as("pixel %d", pixel)
                        .isLessThan(1);
            }
        }
    }

    private static List<Expectation> expectations(AdoptionPlan plan, Adoption adoption, List<byte[]> tiles)
            throws IOException {
        Part whole = Part.of("Tensor", Optional.empty());
        try (ForeignRun run = ForeignRun.load(ForeignFiles.path("one-map.ts"), plan, whole)) {
            return tiles.stream()
                    .map(tile -> run.answer(List.of(tile)))
                    .map(answer -> Expectation.of(
                            plan.contract(),
                            AnswerShape.of(plan.contract(), answer.shape(), 1),
                            adoption.output(),
                            answer))
                    .toList();
        }
    }

    private static AdoptionPlan plan(Normalisation normalisation) {
        return new AdoptionPlan(
                Contract.LOGITS_NCHW,
                3,
                ForeignFiles.SIDE,
                ForeignFiles.SIDE,
                normalisation,
                Optional.empty(),
                GeometryKind.FIT,
                OptionalInt.empty(),
                1,
                OptionalDouble.empty(),
                List.of());
    }
}
