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
     * Reads every mask once; pictures have the size of their masks.
     *
     * @throws IllegalArgumentException naming the file when one is no mask; also when there is no case
     */
    public static DatasetFacts of(List<CaseFiles> cases) {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one case");
        }
        PictureFiles files = new PictureFiles();
        int[] sides = new int[cases.size()];
        int highestLabel = 1;
        for (int index = 0; index < sides.length; index++) {
            MaskValues mask = MaskValues.read(files, cases.get(index).mask());
            sides[index] = Math.max(mask.height(), mask.width());
            highestLabel = Math.max(highestLabel, mask.highestLabel());
        }
        Arrays.sort(sides);
        return new DatasetFacts(sides[sides.length / 2], sides[sides.length - 1], highestLabel + 1);
    }
}
