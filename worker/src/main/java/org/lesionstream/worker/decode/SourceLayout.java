package org.lesionstream.worker.decode;

import java.util.List;
import org.lesionstream.schemas.message.SlicePosition;

/**
 * What a source holds, told without decoding its pixels: how many pictures, and where they lie if they are slices.
 *
 * @param frames how many pictures there are; a job names one by its number, counted from 1
 * @param slices where each frame lies in the stack, in the order of the frames; empty where the source does not tell, where there is one frame
 *     alone and nothing says how far the next would be, or where the frames are no even stack
 */
public record SourceLayout(int frames, List<SlicePosition> slices) {

    public SourceLayout {
        slices = List.copyOf(slices);
        if (frames < 1) {
            throw new IllegalArgumentException("frames must be positive, was " + frames);
        }
        if (!slices.isEmpty() && slices.size() != frames) {
            throw new IllegalArgumentException("slices must be none or " + frames + ", were " + slices.size());
        }
    }

    /** Pictures that are not known to be slices. */
    static SourceLayout of(int frames) {
        return new SourceLayout(frames, List.of());
    }
}
