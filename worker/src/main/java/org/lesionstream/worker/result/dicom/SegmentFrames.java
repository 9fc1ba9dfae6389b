package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** The frames of a segmentation, one per class and image that shows it: by ascending class, then by place in the stack. */
final class SegmentFrames {

    /**
     * One frame.
     *
     * @param label class and number of the segment
     * @param place of the image in the stack, counted from 1
     */
    record Frame(int label, SegmentedImage image, int place) {}

    private record Key(int label, int image) {}

    private final List<Frame> frames;
    private final Map<Key, Integer> numbers = new HashMap<>();

    private SegmentFrames(List<Frame> frames) {
        this.frames = frames;
        for (Frame frame : frames) {
            numbers.put(new Key(frame.label(), frame.image().image()), numbers.size() + 1);
        }
    }

    static SegmentFrames of(CaseSegmentation work, Stack stack) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < work.images().size(); i++) {
            SegmentedImage image = work.images().get(i);
            boolean[] found = new boolean[256];
            for (byte label : image.mask().labels()) {
                found[label & 0xff] = true;
            }
            for (int label = 1; label <= work.classes().size(); label++) {
                if (found[label]) {
                    frames.add(new Frame(label, image, stack.places().get(i)));
                }
            }
        }
        frames.sort(Comparator.comparingInt(Frame::label).thenComparingInt(Frame::place));
        return new SegmentFrames(List.copyOf(frames));
    }

    List<Frame> list() {
        return frames;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether an image shows a class. */
    boolean has(int label, SegmentedImage image) {
        return numbers.containsKey(new Key(label, image.image()));
    }

    /**
     * The number of a frame, counted from 1.
     *
     * @throws IllegalArgumentException if the image does not show the class
     */
    int number(int label, SegmentedImage image) {
        Integer number = numbers.get(new Key(label, image.image()));
        if (number == null) {
            throw new IllegalArgumentException(
                    "masks must show what is reported, had no pixel of class " + label + " in image " + image.image());
        }
        return number;
    }

    /** One bit a pixel, the lowest of a byte first, frame after frame without a gap (PS3.5, 8.1.1). */
    byte[] bits() {
        long pixels = frames.isEmpty() ? 0 : frames.get(0).image().mask().labels().length;
        long bytes = (pixels * frames.size() + 7) / 8;
        if (bytes > Integer.MAX_VALUE - 64) {
            throw Refusal.unsupported("a segmentation of more than 2 GiB");
        }
        byte[] bits = new byte[(int) (bytes + bytes % 2)];
        long bit = 0;
        for (Frame frame : frames) {
            for (byte label : frame.image().mask().labels()) {
                if ((label & 0xff) == frame.label()) {
                    int at = (int) (bit >> 3);
                    bits[at] = (byte) (bits[at] | 1 << (bit & 7));
                }
                bit++;
            }
        }
        return bits;
    }
}
