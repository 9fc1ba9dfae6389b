package org.lesionstream.trainer.evaluation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.metric.LesionMatching;

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

    /** Measures everything about one case. */
    public CaseAssessment assess(CaseFiles files, LesionMatching matching) {
        return assess(files, matching, mask -> {});
    }

    /**
     * The same, with a look at what is measured.
     *
     * @param judged hears the predicted mask, at the size of the picture
     */
    public CaseAssessment assess(CaseFiles files, LesionMatching matching, Consumer<LabelMask> judged) {
        Sample source = reader.source(files);
        Segmentation predicted = segmenter.segment(source.image());
        judged.accept(predicted.mask());
        return CaseAssessment.of(files.name(), source, predicted, labels, matching);
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

    /** The picture of a case with the outlines of truth and prediction, as a {@code data:} address. */
    public String draw(CaseFiles files) {
        Sample source = reader.source(files);
        return Overlay.dataAddress(
                source.image(), source.mask(), segmenter.segment(source.image()).mask());
    }
}
