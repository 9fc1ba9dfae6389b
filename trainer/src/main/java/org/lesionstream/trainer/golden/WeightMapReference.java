package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.data.BorderWeightMap;
import org.lesionstream.trainer.data.InstanceDistances;
import org.lesionstream.trainer.data.InstancePlane;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.weights.SafetensorsFile;

/** The weight map of U-Net, and everything on the way to it, against a reference file. */
final class WeightMapReference {
    private final SafetensorsFile content;
    private final double w0;
    private final double sigma;
    private final long[] shape;
    private final InstancePlane drawn;
    private final InstancePlane separated;
    private final LabelMask mask;

    private WeightMapReference(JsonNode config, SafetensorsFile content) throws IOException {
        this.content = content;
        this.w0 = config.path("w0").asDouble();
        this.sigma = config.path("sigma").asDouble();
        FloatTensor raw = content.tensor("label_raw");
        this.shape = raw.shape();
        int[] ids = new int[raw.values().length];
        for (int pixel = 0; pixel < ids.length; pixel++) {
            ids[pixel] = (int) raw.values()[pixel];
        }
        this.drawn = new InstancePlane((int) shape[0], (int) shape[1], ids);
        this.separated = drawn.separated();
        byte[] labels = new byte[ids.length];
        for (int pixel = 0; pixel < ids.length; pixel++) {
            labels[pixel] = (byte) Math.min(1, separated.ids()[pixel]);
        }
        this.mask = new LabelMask(drawn.height(), drawn.width(), labels);
    }

    /**
     * Compares all planes of a file.
     *
     * @throws IOException when the file lacks something
     */
    static Comparison compare(JsonNode config, SafetensorsFile content) throws IOException {
        return new WeightMapReference(config, content).compare();
    }

    private Comparison compare() throws IOException {
        float[] label = new float[mask.labels().length];
        float[] nearest = new float[label.length];
        float[] second = new float[label.length];
        InstanceDistances distances = new InstanceDistances(separated, 4.0 * label.length); // no two pixels are farther
        for (int pixel = 0; pixel < label.length; pixel++) {
            label[pixel] = separated.ids()[pixel];
            boolean two = distances.measure(pixel / mask.width(), pixel % mask.width());
            nearest[pixel] = (float) distances.nearest();
            second[pixel] = two ? (float) distances.second() : 0;
        }
        float[] ofClasses = map(0, false);
        return Comparison.of(
                "weight map of " + mask.height() + "x" + mask.width(),
                RelativeError.largest(
                        List.of(
                                plane(label),
                                plane(nearest),
                                plane(second),
                                plane(ofClasses),
                                new FloatTensor(new long[] {2}, new float[] {first(ofClasses, 0), first(ofClasses, 1)}),
                                plane(map(w0, false)),
                                plane(map(w0, true))),
                        List.of(
                                content.tensor("label"),
                                content.tensor("d1"),
                                content.tensor("d2"),
                                content.tensor("wc"),
                                content.tensor("class_weight"),
                                content.tensor("weight"),
                                content.tensor("weight_everywhere"))));
    }

    private float[] map(double border, boolean everywhere) {
        return new BorderWeightMap(border, sigma, true, everywhere).of(mask, 2, drawn);
    }

    /** The weight of the first pixel of a class. */
    private float first(float[] weights, int label) {
        for (int pixel = 0; pixel < weights.length; pixel++) {
            if (mask.labels()[pixel] == label) {
                return weights[pixel];
            }
        }
        return Float.NaN;
    }

    private FloatTensor plane(float[] values) {
        return new FloatTensor(shape, values);
    }
}
