package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
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
        FloatTensor grid = tensor(content, "grid");
        FloatTensor image = tensor(content, "image");
        FloatTensor label = tensor(content, "label");
        int side = (int) grid.shape()[1];
        int channels = (int) image.shape()[0];
        int height = (int) image.shape()[1];
        int width = (int) image.shape()[2];
        double[] displacements = doubles(grid.values());
        double[] down = Arrays.copyOfRange(displacements, 0, side * side);
        double[] across = Arrays.copyOfRange(displacements, side * side, 2 * side * side);
        double[] planes = doubles(image.values());
        List<Float> warped = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            double[] plane = Arrays.copyOfRange(planes, channel * height * width, (channel + 1) * height * width);
            for (double value : ElasticDeformation.deform(plane, height, width, down, across, side)) {
                warped.add((float) value);
            }
        }
        FloatTensor ours = new FloatTensor(image.shape(), floats(warped));
        double error = RelativeError.largest(List.of(ours), List.of(tensor(content, "warped")));
        byte[] labels = new byte[height * width];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = (byte) label.values()[pixel];
        }
        byte[] moved = ElasticDeformation.deformLabels(labels, height, width, down, across, side);
        float[] expected = tensor(content, "warped_label").values();
        for (int pixel = 0; pixel < moved.length; pixel++) {
            error = moved[pixel] == (byte) expected[pixel] ? error : Math.max(error, 1);
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

    private static float[] floats(List<Float> values) {
        float[] numbers = new float[values.size()];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = values.get(index);
        }
        return numbers;
    }

    private static FloatTensor tensor(SafetensorsFile content, String name) throws IOException {
        FloatTensor tensor = content.tensors().get(name);
        if (tensor == null) {
            throw new IOException("the file lacks \"" + name + "\"");
        }
        return tensor;
    }
}
