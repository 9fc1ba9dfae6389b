package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.trainer.augment.ElasticDeformation;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.weights.SafetensorsFile;

/**
 * A deformation from given displacements of a coarse grid: {@code grid [2, g, g]}, {@code image [C, H, W]} and {@code label [H, W]}, against {@code warped} and
 * {@code warped_label}. A label that differs counts as an error of 1.
 */
final class ElasticReference {
    private ElasticReference() {}

    static Comparison compare(JsonNode config, SafetensorsFile content) throws IOException {
        FloatTensor grid = content.tensor("grid");
        FloatTensor image = content.tensor("image");
        FloatTensor label = content.tensor("label");
        int side = (int) grid.shape()[1];
        int channels = (int) image.shape()[0];
        int height = (int) image.shape()[1];
        int width = (int) image.shape()[2];
        double[] displacements = doubles(grid.values());
        double[] down = Arrays.copyOfRange(displacements, 0, side * side);
        double[] across = Arrays.copyOfRange(displacements, side * side, 2 * side * side);
        double[] planes = doubles(image.values());
        float[] warped = new float[planes.length];
        for (int channel = 0; channel < channels; channel++) {
            double[] plane = Arrays.copyOfRange(planes, channel * height * width, (channel + 1) * height * width);
            double[] moved = ElasticDeformation.deform(plane, height, width, down, across, side);
            for (int pixel = 0; pixel < moved.length; pixel++) {
                warped[channel * height * width + pixel] = (float) moved[pixel];
            }
        }
        FloatTensor ours = new FloatTensor(image.shape(), warped);
        double error = RelativeError.largest(List.of(ours), List.of(content.tensor("warped")));
        byte[] labels = new byte[height * width];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = (byte) label.values()[pixel];
        }
        byte[] movedLabels = ElasticDeformation.deformLabels(labels, height, width, down, across, side);
        float[] expected = content.tensor("warped_label").values();
        for (int pixel = 0; pixel < movedLabels.length; pixel++) {
            error = movedLabels[pixel] == (byte) expected[pixel] ? error : Math.max(error, 1);
        }
        return Comparison.of("deformation of %d x %d pixels, grid %d".formatted(height, width, side), error);
    }

    private static double[] doubles(float[] values) {
        double[] numbers = new double[values.length];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = values[index];
        }
        return numbers;
    }
}
