package org.lesionstream.trainer.data;

import java.util.Arrays;
import java.util.List;

/**
 * What the masks of a data set tell before anything is trained: how large the pictures are and how many labels exist.
 *
 * @param medianLongerSide pixels; half of the pictures have a longer side of at most this
 * @param longestSide pixels of the largest picture's longer side
 * @param labels background included; 2 when every mask is black and white
 */
public record DatasetFacts(int medianLongerSide, int longestSide, int labels) {

    public DatasetFacts {
        if (medianLongerSide < 1 || longestSide < medianLongerSide) {
            throw new IllegalArgumentException("sides must be positive and the longest at least the median, were "
                    + longestSide + " and " + medianLongerSide);
        }
        if (labels < 2 || labels > 255) {
            throw new IllegalArgumentException("labels must be from 2 to 255, was " + labels);
        }
    }

    /**
     * The facts of some cases; pictures have the size of their masks.
     *
     * @param scan of all of them
     * @throws IllegalArgumentException when there is no case
     */
    public static DatasetFacts of(List<CaseFiles> cases, DatasetScan scan) {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one case");
        }
        int[] sides = new int[cases.size()];
        int highestLabel = 1;
        for (int index = 0; index < sides.length; index++) {
            CaseContent content = scan.content(cases.get(index));
            sides[index] = content.longerSide();
            highestLabel = Math.max(highestLabel, content.highestLabel());
        }
        Arrays.sort(sides);
        return new DatasetFacts(sides[sides.length / 2], sides[sides.length - 1], highestLabel + 1);
    }
}
