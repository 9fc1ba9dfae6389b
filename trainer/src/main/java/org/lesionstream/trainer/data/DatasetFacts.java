package org.lesionstream.trainer.data;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * What the masks of a data set tell before anything is trained: how large the pictures are and how many labels exist.
 *
 * @param medianLongerSide pixels; half of the pictures have a longer side of at most this
 * @param longestSide pixels of the largest picture's longer side
 * @param labels background included; 2 when every mask is black and white
 */
public record DatasetFacts(int medianLongerSide, int longestSide, int labels) {

    private static final int WHITE = 255;

    /** Reads every mask once; pictures have the size of their masks. */
    public static DatasetFacts of(List<CaseFiles> cases) {
        PictureFiles files = new PictureFiles();
        int[] sides = new int[cases.size()];
        int highestIndex = 1;
        for (int index = 0; index < sides.length; index++) {
            PixelGrid mask = files.read(cases.get(index).mask()).withChannels(1);
            sides[index] = Math.max(mask.height(), mask.width());
            highestIndex = Math.max(highestIndex, highestClassIndex(mask));
        }
        Arrays.sort(sides);
        return new DatasetFacts(sides[sides.length / 2], sides[sides.length - 1], highestIndex + 1);
    }

    /** The highest class index; 1 for a black and white mask. */
    private static int highestClassIndex(PixelGrid mask) {
        int highest = 0;
        boolean indices = false;
        for (byte sample : mask.samples()) {
            int value = sample & 0xff;
            highest = Math.max(highest, value);
            indices |= value != 0 && value != WHITE;
        }
        return indices ? highest : Math.min(1, highest);
    }
}
