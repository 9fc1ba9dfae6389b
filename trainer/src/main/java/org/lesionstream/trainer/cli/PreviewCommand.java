package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.DatasetScan;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleCache;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.evaluation.ContactSheet;
import org.lesionstream.trainer.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws what a network will see. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = {
            "Draws what a network will see: a row for each training picture, first as it is prepared, then as it is varied in",
            "the first epochs, with the outline of its mask. The sheet holds pictures: treat it like them."
        })
final class PreviewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private NetworkOption network;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PNG to write.")
    private Path out;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "8",
            description = "Pictures, spread over the training part (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--versions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Epochs shown of each (default: ${DEFAULT-VALUE}).")
    private int versions;

    @Override
    public Integer call() throws IOException {
        if (count <= 0 || versions < 0) {
            throw new ParameterException(spec.commandLine(), "--count must be positive and --versions not negative");
        }
        TrainingPlan plan = plan();
        CaseReader reader = new CaseReader(plan.input(), plan.labels());
        SampleCache samples = new SampleCache(plan.split().train(), reader::sample, 0);
        SegmentationDataset plain = dataset(plan, samples, SampleTransform.NONE);
        SegmentationDataset varied = dataset(plan, samples, new RecipeReader(plan.recipe()).augmentation());
        List<List<Sample>> rows = new ArrayList<>();
        int shown = Math.min(count, samples.size());
        for (int row = 0; row < shown; row++) {
            int number = (int) ((long) row * samples.size() / shown);
            List<Sample> columns = new ArrayList<>(List.of(plain.sample(1, number)));
            for (int epoch = 1; epoch <= versions; epoch++) {
                columns.add(varied.sample(epoch, number));
            }
            rows.add(columns);
        }
        ContactSheet.write(rows, out);
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "preview pictures=%d epochs=%d file=%s%n", shown, versions, out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private TrainingPlan plan() throws IOException {
        Recipe recipe = RecipeOptions.read(spec, network::orElse);
        RecipeReader reader = new RecipeReader(recipe);
        CaseIndex index = data.read();
        DatasetScan scan = DatasetScan.of(index.all(), Runtime.getRuntime().availableProcessors(), read -> {});
        DatasetSplit split = DatasetSplit.of(index, reader.seed(), reader.validationShare());
        return TrainingPlan.of(split, index.cases("test"), recipe, scan);
    }

    private static SegmentationDataset dataset(TrainingPlan plan, SampleCache samples, SampleTransform augmentation) {
        return new SegmentationDataset(
                samples,
                plan.input(),
                plan.output().maps(),
                Normalisation.unit(plan.input().channels()),
                augmentation,
                Optional.empty(),
                new RecipeReader(plan.recipe()).seed());
    }
}
