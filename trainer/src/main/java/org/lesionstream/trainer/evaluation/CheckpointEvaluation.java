package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.Sample;

/** An exported network scored on every split of a data set. */
public final class CheckpointEvaluation {

    /** The graph executor compiles anew for every batch shape, so evaluation keeps to one. */
    private static final int TILES_TOGETHER = 1;

    private final CaseReader reader;
    private final PictureSegmenter segmenter;
    private final int labels;

    /**
     * @param labels how many labels exist, background included
     * @param threshold of the checkpoint's output
     */
    public CheckpointEvaluation(InputSpec spec, int labels, double threshold, TilePredictor predictor) {
        this.reader = new CaseReader(spec, labels);
        this.segmenter = new PictureSegmenter(spec, predictor, threshold, TILES_TOGETHER);
        this.labels = labels;
    }

    /** Scores every case, split by split, in the order given. */
    public Map<String, List<CaseScore>> score(Map<String, List<CaseFiles>> splits) {
        Map<String, List<CaseScore>> scores = new LinkedHashMap<>();
        splits.forEach((split, cases) ->
                scores.put(split, cases.stream().map(this::score).toList()));
        return scores;
    }

    /** Scores one case. */
    public CaseScore score(CaseFiles files) {
        Sample source = reader.source(files);
        LabelMask predicted = segmenter.segment(source.image()).mask();
        return CaseScore.of(files.name(), predicted, source.mask(), labels);
    }

    /**
     * Share of all pixels of the cases that get another label here than there.
     *
     * @param other an evaluation of another file of the same checkpoint
     * @return from 0 to 1
     */
    public double disagreement(CheckpointEvaluation other, Collection<CaseFiles> cases) {
        long pixels = 0;
        long different = 0;
        for (CaseFiles files : cases) {
            PixelGrid image = reader.source(files).image();
            byte[] here = segmenter.segment(image).mask().labels();
            byte[] there = other.segmenter.segment(image).mask().labels();
            pixels += here.length;
            for (int pixel = 0; pixel < here.length; pixel++) {
                different += here[pixel] == there[pixel] ? 0 : 1;
            }
        }
        return (double) different / pixels;
    }

    /**
     * The cases with the lowest Dice, drawn with both outlines, worst first.
     *
     * @param count how many at most
     */
    public List<EvaluationPage.ShownCase> worst(
            Map<String, List<CaseFiles>> splits, Map<String, List<CaseScore>> scores, int count) {
        record Found(String split, CaseFiles files, CaseScore score) {}
        List<Found> found = new ArrayList<>();
        scores.forEach((split, ofSplit) -> {
            for (int index = 0; index < ofSplit.size(); index++) {
                found.add(new Found(split, splits.get(split).get(index), ofSplit.get(index)));
            }
        });
        Function<Found, Double> dice = each -> each.score().dice();
        return found.stream()
                .sorted(Comparator.comparing(dice)
                        .thenComparing(each -> each.score().name()))
                .limit(count)
                .map(each -> {
                    Sample source = reader.source(each.files());
                    Segmentation predicted = segmenter.segment(source.image());
                    String overlay = Overlay.dataAddress(source.image(), source.mask(), predicted.mask());
                    return new EvaluationPage.ShownCase(each.split(), each.score(), overlay);
                })
                .toList();
    }
}
