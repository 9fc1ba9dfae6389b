package org.lesionstream.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.testing.SharedFolder;
import org.lesionstream.trainer.weights.StateDictImport.Part;

class StateDictImportTest {
    private static final String ENCODER = "encoder.backbone.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unet_same_deconv_c3_k2",
                "unet_same_bilinear_c3_k2",
                "unetpp_vgg_ds_c3_k1",
                "unetpp_preact_c3_k3",
                "uctransnet_b64_img224_k1",
                "unetv2_b2_c3_k1",
                "u2net_c3_k1"
            })
    void takesEveryNameOfThePublishedCodeThroughADataParallelWrapper(String manifest) throws IOException {
        Set<String> published = manifest(manifest);
        ImportTarget target = target(withoutCounters(published), Optional.empty());

        StateDictImport imported =
                StateDictImport.of(file(renamed(published, name -> "module." + name)), target, Part.ALL);

        assertThat(imported.tensors())
                .hasSameSizeAs(target.shapes())
                .containsKeys(target.shapes().keySet().toArray(String[]::new));
        assertThat(imported.dropped())
                .hasSize(published.size() - target.shapes().size())
                .allMatch(name -> name.endsWith("num_batches_tracked"));
        assertThat(imported.filled()).isEmpty();
    }

    @Test
    void takesUNetV2AsTrainedOnIsic() throws IOException {
        Set<String> published = manifest("unetv2_b2_c3_k1");
        Set<String> isic = renamed(published, name -> name.replaceFirst("^encoder\\.backbone\\.", "backbone.")
                .replaceFirst("^sdi_", "attention_"));
        assertThat(isic)
                .contains("attention_1.convs.0.weight", "backbone.norm1.bias")
                .noneMatch(name -> name.startsWith(ENCODER));
        isic.remove("deconv5.weight");

        StateDictImport imported = StateDictImport.of(
                file(isic), target(withoutCounters(published), Optional.of(ENCODER), "deconv5.weight"), Part.ALL);

        assertThat(imported.filled()).containsExactly("deconv5.weight");
        assertThat(imported.tensors()).hasSize(withoutCounters(published).size() - 1);
    }

    @Test
    void takesAnEncoderThatWasTrainedToClassify() throws IOException {
        Set<String> network = withoutCounters(manifest("unetv2_b2_c3_k1"));
        Set<String> encoder = manifest("pvt_v2_b2");
        Set<String> published = new LinkedHashSet<>(encoder);
        published.addAll(List.of("head.weight", "head.bias"));

        StateDictImport imported =
                StateDictImport.of(file(published), target(network, Optional.of(ENCODER)), Part.ENCODER);

        assertThat(imported.tensors().keySet()).containsExactlyInAnyOrderElementsOf(renamed(encoder, ENCODER::concat));
        assertThat(imported.dropped()).containsExactly("head.bias", "head.weight");
        assertThat(imported.filled())
                .contains("ca_1.fc1.weight", "deconv5.weight")
                .hasSize(network.size() - encoder.size());
    }

    @Test
    void takesTheEncoderOutOfAWholeNetwork() throws IOException {
        Set<String> network = withoutCounters(manifest("unetv2_b2_c3_k1"));
        ImportTarget target = target(network, Optional.of(ENCODER));

        StateDictImport imported = StateDictImport.of(file(network), target, Part.ENCODER);

        assertThat(imported.tensors().keySet()).isNotEmpty().allMatch(name -> name.startsWith(ENCODER));
        assertThat(imported.dropped()).isEqualTo(imported.filled()).contains("seg_outs.0.weight");
    }

    @Test
    void listsEverythingThatIsWrong() {
        ImportTarget target = target(Set.of("a.weight", "b.weight", "c.weight", "d.weight"), Optional.empty());
        Map<String, FloatTensor> given = new LinkedHashMap<>();
        given.put("a.weight", new FloatTensor(new long[] {2, 1}, new float[2]));
        given.put("head.weight", one(0));
        given.put("b.weight", one(1));
        given.put("module.b.weight", one(2));
        given.put("d.weight", one(Float.NaN));
        given.put("a\nb", one(0));

        WeightsMismatchException mismatch = catchThrowableOfType(
                WeightsMismatchException.class, () -> StateDictImport.of(file(given), target, Part.ALL));

        assertThat(mismatch.problems())
                .containsExactlyInAnyOrder(
                        "wrong shape: a.weight is [2, 1], the network has [1]",
                        "unexpected: head.weight [1]",
                        "unexpected: a?b [1]",
                        "twice: module.b.weight is b.weight, which the file holds already",
                        "not a number: d.weight holds NaN",
                        "missing: c.weight [1]");
    }

    @Test
    void anEncoderThatLacksANameOrHasAStrangeOneIsRefused() {
        ImportTarget target = target(Set.of(ENCODER + "a", ENCODER + "b", "c"), Optional.of(ENCODER));

        WeightsMismatchException mismatch = catchThrowableOfType(
                WeightsMismatchException.class,
                () -> StateDictImport.of(file(Set.of("a", "strange", "head.x")), target, Part.ENCODER));

        assertThat(mismatch.problems())
                .containsExactlyInAnyOrder("unexpected: strange [1]", "missing: encoder.backbone.b [1]");
    }

    @Test
    void refusesToTakeTheEncoderOfANetworkWithoutOne() {
        assertThatThrownBy(() ->
                        StateDictImport.of(file(Set.of("a")), target(Set.of("a"), Optional.empty()), Part.ENCODER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no encoder of its own");
    }

    @Test
    void adaptsAnArrayOfAnotherShapeWhereThatHasAMeaning() throws IOException {
        ImportTarget target = new ImportTarget(
                Map.of("position", new long[] {1}),
                Optional.empty(),
                Set.of(),
                (name, stored, shape) -> Optional.of(new FloatTensor(shape, new float[] {stored.values()[1]})));

        StateDictImport imported = StateDictImport.of(
                file(Map.of("position", new FloatTensor(new long[] {2}, new float[] {3, 4}))), target, Part.ALL);

        assertThat(imported.tensors().get("position").values()).containsExactly(4);
    }

    @Test
    void fillsWithFirstValuesAlone() throws IOException {
        StateDictImport imported = StateDictImport.of(
                file(Map.of("a", one(5))), target(Set.of("a", "b"), Optional.empty(), "b"), Part.ALL);

        Map<String, FloatTensor> all = imported.over(Map.of("a", one(7), "b", one(8)));

        assertThat(all.get("a").values()).containsExactly(5);
        assertThat(all.get("b").values()).containsExactly(8);
    }

    private static Set<String> manifest(String name) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String line : Files.readAllLines(SharedFolder.require("golden/manifests/" + name + ".tsv"))) {
            if (!line.startsWith("#")) {
                names.add(line.split("\t", -1)[0]);
            }
        }
        return names;
    }

    private static Set<String> withoutCounters(Set<String> names) {
        Set<String> floats = new LinkedHashSet<>(names);
        floats.removeIf(name -> name.endsWith("num_batches_tracked"));
        return floats;
    }

    private static Set<String> renamed(Collection<String> names, UnaryOperator<String> rule) {
        Set<String> renamed = new LinkedHashSet<>();
        names.forEach(name -> renamed.add(rule.apply(name)));
        return renamed;
    }

    private static ImportTarget target(Set<String> names, Optional<String> encoder, String... mayBeAbsent) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        names.forEach(name -> shapes.put(name, new long[] {1}));
        return new ImportTarget(shapes, encoder, Set.of(mayBeAbsent), ImportTarget.Adaptation.NONE);
    }

    /** A file of arrays with one element each; counters are whole numbers. */
    private static ReferenceWeights file(Set<String> names) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        withoutCounters(names).forEach(name -> tensors.put(name, one(1)));
        Set<String> counters = new TreeSet<>(names);
        counters.removeAll(tensors.keySet());
        return new ReferenceWeights("test", Optional.empty(), tensors, new TreeSet<>(counters));
    }

    private static ReferenceWeights file(Map<String, FloatTensor> tensors) {
        return new ReferenceWeights("test", Optional.empty(), tensors, new TreeSet<>());
    }

    private static FloatTensor one(float value) {
        return new FloatTensor(new long[] {1}, new float[] {value});
    }
}
