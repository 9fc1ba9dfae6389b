package org.lesionstream.trainer.adopt;

import java.util.Arrays;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.trainer.export.Agreement;
import org.lesionstream.trainer.export.Answers;
import org.lesionstream.trainer.export.NetworkAnswer;

/**
 * What the right answer to one tile is, from what the module itself said about it.
 *
 * @param labels whether the numbers are labels; else they are probabilities
 * @param pixels for each pixel one label, or one probability for each map
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
record Expectation(boolean labels, float[][] pixels) {

    /** How far from 1 the probabilities of a pixel may add up; more than any softmax errs. */
    private static final float SLACK = 0.01f;

    /**
     * Reads an answer to one image.
     *
     * @throws AdoptionException when it is not what the contract says: no number, no probability, or a label without a class
     */
    static Expectation of(Contract contract, AnswerShape shape, OutputSpec output, ForeignAnswer answer) {
        float[][] pixels = new float[shape.height() * shape.width()][shape.maps()];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            for (int map = 0; map < shape.maps(); map++) {
                float number = answer.numbers()[shape.place(contract, 0, map, pixel)];
                if (Float.isNaN(number)) {
                    throw new AdoptionException("the module answers with no number (NaN) at pixel " + pixel);
                }
                pixels[pixel][map] = number;
            }
            switch (contract.answer()) {
                case LOGITS -> squash(pixels[pixel]);
                case PROBABILITIES -> checkProbabilities(pixels[pixel], pixel);
                case LABELS -> checkLabel(pixels[pixel][0], output.maps() - 1, pixel);
            }
        }
        return new Expectation(contract.answer() == NetworkAnswer.LABELS, pixels);
    }

    /** Whether a file's answers at place {@code p} are right for a pixel of this tile. */
    boolean holds(OutputSpec output, Answers answers, int p, int pixel) {
        return labels
                ? (answers.labels()[p] & 0xff) == pixels[pixel][0] && (answers.probabilities()[0][p] & 0xff) == 255
                : new Agreement(output).holds(answers, p, pixels[pixel]);
    }

    /** For people. */
    String at(int pixel) {
        return Arrays.toString(pixels[pixel]);
    }

    /** Sigmoid of one number, softmax of several. */
    private static void squash(float[] numbers) {
        if (numbers.length == 1) {
            numbers[0] = (float) (1 / (1 + Math.exp(-numbers[0])));
            return;
        }
        float largest = Float.NEGATIVE_INFINITY;
        for (float number : numbers) {
            largest = Math.max(largest, number);
        }
        double sum = 0;
        for (float number : numbers) {
            sum += Math.exp(number - largest);
        }
        for (int map = 0; map < numbers.length; map++) {
            numbers[map] = (float) (Math.exp(numbers[map] - largest) / sum);
        }
    }

    private static void checkProbabilities(float[] numbers, int pixel) {
        float sum = 0;
        for (int map = 0; map < numbers.length; map++) {
            float number = numbers[map];
            if (number < -SLACK || number > 1 + SLACK) {
                throw new AdoptionException("the module answers " + number + " at pixel " + pixel
                        + ", which is no probability; is its contract that of logits?");
            }
            sum += number;
            numbers[map] = Math.min(1, Math.max(0, number));
        }
        if (numbers.length > 1 && Math.abs(sum - 1) > SLACK) {
            throw new AdoptionException("the probabilities of pixel " + pixel + " add up to " + sum
                    + "; the maps must be the background and the classes, one of which each pixel belongs to");
        }
    }

    private static void checkLabel(float label, int highest, int pixel) {
        if (label != Math.rint(label) || label < 0 || label > highest) {
            throw new AdoptionException("the module answers with label " + label + " at pixel " + pixel
                    + ", the classes have the labels 1 to " + highest + ", the background 0; name every class");
        }
    }
}
