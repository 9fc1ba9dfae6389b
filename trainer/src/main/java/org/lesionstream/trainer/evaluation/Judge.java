package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleCache;

/** Scores a segmenter on cases, picture by picture, at source size. */
public final class Judge {

    private final SampleCache sources;
    private final int labels;

    /**
     * @param sources pictures and masks as stored ({@code CaseReader::source})
     * @param labels how many labels exist, background included
     */
    public Judge(SampleCache sources, int labels) {
        this.sources = sources;
        this.labels = labels;
    }

    /** The score of every case, in the order of the cases. */
    public List<CaseScore> scores(PictureSegmenter segmenter) {
        List<CaseScore> scores = new ArrayList<>();
        for (int index = 0; index < sources.size(); index++) {
            Sample source = sources.get(index);
            LabelMask predicted = segmenter.segment(source.image()).mask();
            scores.add(CaseScore.of(sources.name(index), predicted, source.mask(), labels));
        }
        return scores;
    }
}
