package org.lesionstream.trainer.adopt;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.trainer.export.NetworkAnswer;

/**
 * What one image's answer looks like, read off an answer.
 *
 * @param extents as they came, without that of the batch
 * @param maps how many numbers each pixel has; 1 for labels
 * @param mapAxis whether the answer has an axis for them
 * @param height rows
 * @param width columns
 */
record AnswerShape(List<Long> extents, int maps, boolean mapAxis, int height, int width) {

    /**
     * Reads a shape as a contract understands it.
     *
     * @param images how many the answer is about
     * @throws AdoptionException saying which shape came, when the contract has no such
     */
    static AnswerShape of(Contract contract, long[] shape, int images) {
        boolean labels = contract.answer() == NetworkAnswer.LABELS;
        boolean flat = labels && shape.length == 3;
        boolean fits = (shape.length == 4 || flat)
                && shape[0] == images
                && Arrays.stream(shape).allMatch(extent -> extent > 0);
        if (!fits || (labels && !flat && shape[1] != 1)) {
            String wanted =
                    switch (contract) {
                        case LOGITS_NCHW, PROBABILITIES_NCHW -> "[%d, K, h, w]";
                        case LOGITS_NHWC, PROBABILITIES_NHWC -> "[%d, h, w, K]";
                        case LABELS_NCHW -> "[%1$d, 1, h, w] or [%1$d, h, w]";
                    };
            throw new AdoptionException("the module answers a batch of " + images + " with the shape "
                    + Arrays.toString(shape) + ", contract " + contract.text() + " wants " + wanted.formatted(images));
        }
        List<Long> extents = Arrays.stream(shape).skip(1).boxed().toList();
        if (flat) {
            return new AnswerShape(extents, 1, false, (int) shape[1], (int) shape[2]);
        }
        return contract.channelsLast()
                ? new AnswerShape(extents, (int) shape[3], true, (int) shape[1], (int) shape[2])
                : new AnswerShape(extents, (int) shape[1], true, (int) shape[2], (int) shape[3]);
    }

    /** The shape as it came, whatever the number of images. */
    String text() {
        return extents.stream().map(String::valueOf).collect(joining(", ", "[N, ", "]"));
    }

    /** Place of a number in the answer to several images. */
    int place(Contract contract, int image, int map, int pixel) {
        int area = height * width;
        return contract.channelsLast() ? (image * area + pixel) * maps + map : (image * maps + map) * area + pixel;
    }
}
