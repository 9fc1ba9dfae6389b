package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * The overlap-tile strategy of the U-Net paper on arrays of floats: windows of the mirrored image go through a network that loses its border, and the answers
 * are laid side by side.
 *
 * @param input rows and columns of a window
 * @param output rows and columns of the answer to it
 * @param rows where answers begin
 * @param columns likewise
 */
record OverlapTiles(int input, int output, List<Integer> rows, List<Integer> columns) {

    static OverlapTiles of(JsonNode config) {
        return new OverlapTiles(
                config.path("tile_input").asInt(),
                config.path("tile_output").asInt(),
                numbers(config.path("starts_y")),
                numbers(config.path("starts_x")));
    }

    private static List<Integer> numbers(JsonNode list) {
        List<Integer> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    /** The answer for a whole image {@code [1, C, H, W]}. */
    FloatTensor stitched(FloatTensor image, Function<FloatTensor, List<FloatTensor>> network) {
        int height = (int) image.shape()[2];
        int width = (int) image.shape()[3];
        float[] whole = new float[0];
        int classes = 0;
        for (int top : rows) {
            for (int left : columns) {
                FloatTensor answer = network.apply(window(image, top, left)).get(0); // [1, K, output, output]
                if (classes == 0) {
                    classes = (int) answer.shape()[1];
                    whole = new float[classes * height * width];
                }
                for (int map = 0; map < classes; map++) {
                    for (int row = 0; row < Math.min(output, height - top); row++) {
                        System.arraycopy(
                                answer.values(),
                                (map * output + row) * output,
                                whole,
                                (map * height + top + row) * width + left,
                                Math.min(output, width - left));
                    }
                }
            }
        }
        return new FloatTensor(new long[] {1, classes, height, width}, whole);
    }

    private FloatTensor window(FloatTensor image, int top, int left) {
        int channels = (int) image.shape()[1];
        int height = (int) image.shape()[2];
        int width = (int) image.shape()[3];
        int margin = (input - output) / 2;
        float[] values = new float[channels * input * input];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < input; row++) {
                for (int column = 0; column < input; column++) {
                    int y = mirrored(top + row - margin, height);
                    int x = mirrored(left + column - margin, width);
                    values[(channel * input + row) * input + column] =
                            image.values()[(channel * height + y) * width + x];
                }
            }
        }
        return new FloatTensor(new long[] {1, channels, input, input}, values);
    }

    /** The place that a place outside of a line mirrors, about the centre of the border pixel and as often as needed. */
    private static int mirrored(int place, int length) {
        int period = Math.max(1, 2 * (length - 1));
        int within = Math.floorMod(place, period);
        return within < length ? within : period - within;
    }
}
