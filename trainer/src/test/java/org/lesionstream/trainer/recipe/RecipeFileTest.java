package org.lesionstream.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeFileTest {

    @TempDir
    private Path folder;

    static Stream<String> names() {
        return RecipeFile.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeIsCompleteAndReadsBackAsItWasPrinted(String name) throws IOException {
        Recipe recipe = RecipeFile.find(name);
        Path file = Files.write(folder.resolve("mine.json"), RecipeFile.print(recipe));

        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe.choices()).containsOnlyKeys(Setting.values());
        assertThat(RecipeFile.find(file.toString())).isEqualTo(recipe);
    }

    @Test
    void refusesASettingThatDoesNotExistAndOneThatIsMissing() throws IOException {
        String text = new String(RecipeFile.print(RecipeFile.named("default")), StandardCharsets.UTF_8);
        Path misspelt = Files.writeString(folder.resolve("misspelt.json"), text.replace("\"batch\"", "\"bach\""));
        Path incomplete =
                Files.writeString(folder.resolve("short.json"), "{\"name\":\"x\",\"paper\":\"y\",\"about\":\"z\"}");

        assertThatThrownBy(() -> RecipeFile.read(misspelt)).hasMessageContaining("unknown setting \"bach\"");
        assertThatThrownBy(() -> RecipeFile.read(incomplete)).hasMessageContaining("recipe x lacks [network, geometry");
    }

    @Test
    void aFileFromBeforeThereWereTwoPrecisionsMeansTheFormerOne() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode document =
                json.readTree(RecipeFile.print(RecipeFile.named("default").with(Setting.PRECISION, "mixed", "a test")));
        ((ObjectNode) document.path("settings")).remove("precision");
        Path older = Files.write(folder.resolve("older.json"), json.writeValueAsBytes(document));

        assertThat(RecipeFile.read(older).text(Setting.PRECISION)).isEqualTo("fp32");
    }

    @Test
    void namesTheRecipesWhenThereIsNoneOfThatName() {
        assertThatThrownBy(() -> RecipeFile.find("unet-3000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unet-3000")
                .hasMessageContaining("unetpp-2018");
    }

    @Test
    void readsNumbersAndSaysWhichSettingIsNone() {
        Recipe recipe = RecipeFile.named("default")
                .with(Setting.BATCH, "few", "a test")
                .with(Setting.EPOCHS, "12", "a test")
                .with(Setting.LEARNING_RATE, "1e-3", "a test");

        assertThat(recipe.optionalCount(Setting.EPOCHS)).hasValue(12);
        assertThat(recipe.number(Setting.LEARNING_RATE)).isEqualTo(0.001);
        assertThat(recipe.optionalNumber(Setting.UNTIL_DICE)).isEmpty();
        assertThatThrownBy(() -> recipe.count(Setting.BATCH))
                .hasMessage("batch must be a whole, positive number, was \"few\"");
    }
}
