package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.RecipeFile;
import org.lesionstream.trainer.recipe.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** A recipe and, for every setting that has no option of its own, an option {@code --key} that overrides it. */
final class RecipeOptions {
    private static final String RECIPE = "--recipe";
    private static final String SOURCE = "given on the command line";

    private RecipeOptions() {}

    /** Adds the options to a command, for those of the settings that matter to it. */
    static void addTo(CommandSpec command, Set<Setting> settings) {
        command.addOption(OptionSpec.builder(RECIPE)
                .paramLabel("R")
                .type(String.class)
                .defaultValue(RecipeFile.NAMES.get(0))
                .description("How to train: " + String.join(", ", RecipeFile.NAMES)
                        + ", or a file of your own in the form that `recipes NAME --json` prints (default:"
                        + " ${DEFAULT-VALUE}). The options below override single settings of it.")
                .build());
        settings.stream()
                .filter(setting -> command.findOption(option(setting)) == null)
                .forEach(setting -> command.addOption(OptionSpec.builder(option(setting))
                        .paramLabel(setting.label())
                        .type(String.class)
                        .description(setting.description())
                        .build()));
    }

    /**
     * The recipe that was named, with what was overridden.
     *
     * @param network the network to train, given the recipe's own
     * @throws ParameterException when something in it means nothing: a wrong use
     * @throws IOException when a recipe's file cannot be read
     */
    static Recipe read(CommandSpec command, UnaryOperator<NetworkSpec> network) throws IOException {
        try {
            Recipe recipe = overridden(command);
            NetworkSpec usual = NetworkSpec.parse(recipe.text(Setting.NETWORK));
            NetworkSpec chosen = network.apply(usual);
            recipe = chosen.equals(usual) ? recipe : recipe.with(Setting.NETWORK, chosen.toString(), SOURCE);
            new RecipeReader(recipe).check();
            return recipe;
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
        }
    }

    private static Recipe overridden(CommandSpec command) throws IOException {
        Recipe recipe = RecipeFile.find(command.findOption(RECIPE).getValue());
        for (Setting setting : Setting.values()) {
            // The network is read elsewhere, into its own type.
            if (given(command, setting) instanceof String text) {
                recipe = recipe.with(setting, text, SOURCE);
            }
        }
        return withoutOtherLimit(recipe, command);
    }

    /** Who limits a run by epochs does not want it cut short by the minutes of a recipe, nor the other way round. */
    private static Recipe withoutOtherLimit(Recipe recipe, CommandSpec command) {
        boolean epochs = given(command, Setting.EPOCHS) != null;
        boolean minutes = given(command, Setting.MINUTES) != null;
        if (epochs == minutes) {
            return recipe;
        }
        return recipe.with(epochs ? Setting.MINUTES : Setting.EPOCHS, Recipe.NONE, "replaced by another limit");
    }

    private static Object given(CommandSpec command, Setting setting) {
        OptionSpec option = command.findOption(option(setting));
        return option == null ? null : option.getValue();
    }

    private static String option(Setting setting) {
        return "--" + setting.key();
    }
}
