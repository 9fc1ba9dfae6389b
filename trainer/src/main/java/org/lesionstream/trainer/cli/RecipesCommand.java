package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.RecipeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the recipes are and where each of their numbers comes from. */
@Command(
        name = "recipes",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the recipes, or shows the settings of one with their sources.",
            "With --json it prints a file that `train --recipe FILE` reads."
        })
final class RecipesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A recipe, by name or by the path of a .json file.")
    private String name;

    @Option(names = "--json", description = "Print the recipe as a file; needs NAME.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            for (String known : RecipeFile.NAMES) {
                out.printf("%-14s %s%n", known, RecipeFile.named(known).about());
            }
        } else if (json) {
            out.println(new String(RecipeFile.print(RecipeFile.find(name)), StandardCharsets.UTF_8));
        } else {
            print(RecipeFile.find(name), out);
        }
        out.flush();
        return 0;
    }

    private static void print(Recipe recipe, PrintWriter out) {
        out.printf("%s%n%s%n%s%n%n", recipe.name(), recipe.paper(), recipe.about());
        recipe.choices()
                .forEach((setting, choice) ->
                        out.printf("%-17s %s%n%-17s   %s%n", setting.key(), choice.value(), "", choice.source()));
    }
}
