package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;

/** From the words of a reference file's configuration to those of our networks. */
final class GoldenSpec {
    private static final Set<String> ENDS_WITH_SIGMOID = Set.of("unet-uctrans", "uctransnet", "uctransnet-u2");

    private GoldenSpec() {}

    /**
     * The network of a file.
     *
     * @throws IllegalArgumentException when it is none of ours
     */
    static NetworkSpec of(String network, JsonNode config) {
        NetworkSpec spec = new NetworkSpec(network, Map.of())
                .with("channels", config.path("in_channels").asInt())
                .with("classes", config.path("num_classes").asInt());
        String deepSupervision = "deep-supervision";
        return switch (network) {
            case "unet-valid", "unet-uctrans" ->
                spec.with("base", config.path("base").asInt());
            case "unet-same" ->
                spec.with("base", config.path("base").asInt())
                        .with("up", config.path("bilinear").asBoolean() ? "bilinear" : "conv");
            case "unet-vgg" -> spec.with("widths", list(config.path("nb_filter")));
            case "unetpp-vgg", "unetpp-plain" ->
                spec.with("widths", list(config.path("nb_filter")))
                        .with(deepSupervision, config.path("deep_supervision").asBoolean());
            case "unetpp-preact" ->
                spec.with("base", config.path("base").asInt())
                        .with(deepSupervision, config.path("deep_supervision").asBoolean());
            case "unetpp-nnunet" ->
                spec.with("base", config.path("base").asInt()).with(deepSupervision, true);
            case "unetv2" ->
                spec.with("width", config.path("channel").asInt())
                        .with("dims", list(config.path("embed_dims")))
                        .with("attention-heads", list(config.path("num_heads")))
                        .with("mlp", list(config.path("mlp_ratios")))
                        .with("depths", list(config.path("depths")))
                        .with("reductions", list(config.path("sr_ratios")))
                        .with(deepSupervision, true);
            case "uctransnet", "uctransnet-u2" ->
                spec.with("base", config.path("base_channel").asInt())
                        .with("heads", config.path("num_heads").asInt())
                        .with("layers", config.path("num_layers").asInt())
                        .with("expand", config.path("expand_ratio").asInt())
                        .with("size", config.path("img_size").asInt());
            case "u2net", "u2netp" -> config.path("scale").asText().contains("/4") ? spec.with("scale", 4) : spec;
            default ->
                throw new IllegalArgumentException("network " + network + " is not known here, known are "
                        + String.join(", ", NetworkCatalog.names()));
        };
    }

    /** Whether the published network ends with a sigmoid, which ours leave to whoever reads the logits. */
    static boolean endsWithSigmoid(NetworkSpec spec) {
        return spec.name().startsWith("u2net")
                || (ENDS_WITH_SIGMOID.contains(spec.name()) && spec.count("classes", 1) == 1);
    }

    private static String list(JsonNode numbers) {
        List<String> words = new ArrayList<>();
        numbers.forEach(number -> words.add(number.asText()));
        return String.join("/", words);
    }
}
