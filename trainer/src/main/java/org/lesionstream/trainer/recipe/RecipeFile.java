package org.lesionstream.trainer.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Recipes as JSON: {@code name}, {@code paper}, {@code about} and, under {@code settings}, an object with {@code value} and {@code source} for every setting.
 *
 * <p>The files that come with the trainer are known by name; a user's own is named by its path. A misspelt setting is refused.
 */
public final class RecipeFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".json";

    /** Recipes that come with the trainer, the one that is used when nobody says otherwise first. */
    public static final List<String> NAMES = List.of(
            "default", "unet-2015", "unetpp-2018", "unetv2-isic", "unetv2-polyp", "uctransnet", "uctransnet-u2");

    /** What files say that are older than the setting. */
    private static final Recipe.Choice FORMER_PRECISION =
            new Recipe.Choice("fp32", "the only one when this recipe was written");

    private RecipeFile() {}

    /**
     * Reads a recipe by name, or by the path of a file that ends in {@code .json}.
     *
     * @throws IllegalArgumentException when there is no such recipe, or it is incomplete
     * @throws IOException when a file cannot be read
     */
    public static Recipe find(String nameOrPath) throws IOException {
        if (nameOrPath.endsWith(ENDING)) {
            return read(Path.of(nameOrPath));
        }
        if (!NAMES.contains(nameOrPath)) {
            throw new IllegalArgumentException("there is no recipe \"%s\"; there are %s, or give the path of a file%s"
                    .formatted(nameOrPath, String.join(", ", NAMES), ENDING));
        }
        return named(nameOrPath);
    }

    /** A recipe that comes with the trainer. */
    public static Recipe named(String name) {
        try (InputStream resource = RecipeFile.class.getResourceAsStream("/recipes/" + name + ENDING)) {
            return parse(JSON.readTree(resource), name);
        } catch (IOException damaged) {
            throw new UncheckedIOException("the recipe " + name + " of this program is damaged", damaged);
        }
    }

    /** Reads a file. */
    public static Recipe read(Path file) throws IOException {
        return parse(JSON.readTree(Files.readAllBytes(file)), file.toString());
    }

    /** The recipe as JSON; equal recipes print equally. */
    public static byte[] print(Recipe recipe) throws IOException {
        ObjectNode document = JSON.createObjectNode()
                .put("name", recipe.name())
                .put("paper", recipe.paper())
                .put("about", recipe.about());
        ObjectNode settings = document.putObject("settings");
        recipe.choices().forEach((setting, choice) -> settings.putObject(setting.key())
                .put("value", choice.value())
                .put("source", choice.source()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    }

    private static Recipe parse(JsonNode document, String where) {
        Map<Setting, Recipe.Choice> choices = new EnumMap<>(Setting.class);
        document.path("settings").properties().forEach(entry -> {
            Setting setting = Setting.of(entry.getKey())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "recipe %s has an unknown setting \"%s\"".formatted(where, entry.getKey())));
            choices.put(setting, choice(entry.getValue(), setting, where));
        });
        choices.putIfAbsent(Setting.PRECISION, FORMER_PRECISION);
        return new Recipe(
                text(document, "name", where), text(document, "paper", where), text(document, "about", where), choices);
    }

    private static Recipe.Choice choice(JsonNode node, Setting setting, String where) {
        String place = where + ", " + setting.key();
        return new Recipe.Choice(text(node, "value", place), text(node, "source", place));
    }

    private static String text(JsonNode node, String key, String where) {
        JsonNode value = node.path(key);
        if (!value.isTextual() && !value.isNumber()) {
            throw new IllegalArgumentException("recipe %s lacks %s".formatted(where, key));
        }
        return value.asText();
    }
}
