package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.DataDigest;
import org.lesionstream.trainer.data.DatasetFacts;
import org.lesionstream.trainer.data.DatasetScan;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.data.InputChoice;
import org.lesionstream.trainer.data.LeakageCheck;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.Setting;

/**
 * Everything that is decided before the first step: which cases, which network, which input, which recipe.
 *
 * @param split cases that teach and cases that judge
 * @param test cases that neither teach nor choose, and are scored once at the end; often none
 * @param dataDigest SHA-256 over the files of {@code split}
 * @param network with channels and output maps filled in
 * @param labels how many labels exist, background included
 * @param input what the network is fed
 * @param output what it gives back
 * @param recipe with nothing left to the pictures
 */
record TrainingPlan(
        DatasetSplit split,
        List<CaseFiles> test,
        String dataDigest,
        NetworkSpec network,
        int labels,
        InputSpec input,
        OutputSpec output,
        Recipe recipe) {

    /** Half: right for a sigmoid trained without class weights; another one is a decision of whoever adopts the checkpoint. */
    private static final double THRESHOLD = 0.5;

    private static final int COLOURS = 3;
    private static final String BY_THE_PICTURES = "chosen by the pictures and the network";

    /**
     * Looks at the data and fills in what the recipe leaves to it.
     *
     * @param scan of the cases of {@code split} and {@code test}
     * @throws IllegalArgumentException also when a picture or a group both teaches and judges
     */
    static TrainingPlan of(DatasetSplit split, List<CaseFiles> test, Recipe recipe, DatasetScan scan) {
        RecipeReader reader = new RecipeReader(recipe);
        LeakageCheck.require(Map.of("train", split.train(), "val", split.validation(), "test", test), scan);
        DatasetFacts facts = DatasetFacts.of(split.all().toList(), scan);
        int maps = facts.labels() == 2 ? 1 : facts.labels();
        NetworkSpec asked = reader.network();
        NetworkSpec spec =
                asked.with("channels", asked.count("channels", COLOURS)).with("classes", asked.count("classes", maps));
        SegmentationNetwork network = NetworkCatalog.build(spec);
        if (network.classes() != maps && network.classes() < facts.labels()) {
            throw new IllegalArgumentException(
                    "the masks hold %d labels, the network gives %d maps".formatted(facts.labels(), network.classes()));
        }
        InputSpec input = InputChoice.of(
                        facts, network.inputRule(), network.seesWholeImage(), reader.size(), reader.geometry())
                .spec(network.channels(), network.margin());
        OutputKind kind = input.geometry() == GeometryKind.FIT ? OutputKind.PROBABILITIES : OutputKind.LABELS;
        return new TrainingPlan(
                split,
                test,
                DataDigest.of(split, scan),
                spec,
                Math.max(2, network.classes()),
                input,
                new OutputSpec(kind, network.classes(), THRESHOLD),
                resolved(recipe, spec, input));
    }

    private static Recipe resolved(Recipe recipe, NetworkSpec network, InputSpec input) {
        Recipe resolved = filledIn(recipe, Setting.NETWORK, network.toString());
        resolved = filledIn(resolved, Setting.GEOMETRY, input.geometry().name().toLowerCase(Locale.ROOT));
        return filledIn(resolved, Setting.SIZE, Integer.toString(input.height()));
    }

    private static Recipe filledIn(Recipe recipe, Setting setting, String value) {
        if (recipe.text(setting).equals(value)) {
            return recipe;
        }
        boolean open = recipe.given(setting).isEmpty();
        String source = recipe.choices().get(setting).source();
        return recipe.with(setting, value, open ? BY_THE_PICTURES : source + "; the rest by the pictures");
    }

    /** Cases that did not teach, by split: those that chose the weights first. */
    Map<String, List<CaseFiles>> judges() {
        Map<String, List<CaseFiles>> judges = new LinkedHashMap<>();
        judges.put("val", split.validation());
        if (!test.isEmpty()) {
            judges.put("test", test);
        }
        return judges;
    }

    /** Whether the network sees whole images and is cut short of that by tiles. */
    private boolean tilesCutItsView() {
        return input.geometry() == GeometryKind.TILES
                && NetworkCatalog.build(network).seesWholeImage();
    }

    /** Tells what is going to be trained. */
    void announce(PrintWriter err) {
        err.printf(
                Locale.ROOT,
                "%d cases teach, %d judge; recipe %s; %s; %s %dx%d%n",
                split.train().size(),
                split.validation().size(),
                recipe.name(),
                network,
                recipe.text(Setting.GEOMETRY),
                input.height(),
                input.width());
        if (tilesCutItsView()) {
            err.println("warning: this network sees whole images at once, so neighbouring tiles will not quite agree;"
                    + " --geometry fit feeds it whole pictures");
        }
        err.flush();
    }

    /** The classes as a manifest names them: the only one is a lesion, several are numbered. */
    List<SegmentClass> classes() {
        return ClassNames.numbered(labels);
    }
}
