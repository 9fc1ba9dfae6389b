package org.lesionstream.trainer.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.ReducedPrecision;
import org.lesionstream.trainer.graph.ScalarType;
import org.lesionstream.trainer.graph.Weight;

/**
 * Writes a graph as a TorchScript archive, without PyTorch: a zip of stored entries that hold the program's source, a pickle that ties attribute names to
 * tensors, and the raw numbers of each tensor.
 *
 * <pre>
 *   model/version             format of the archive
 *   model/data.pkl            the module: its attributes and where their numbers are
 *   model/constants.pkl       none
 *   model/code/__torch__.py   the source, by {@link TorchScriptCode}
 *   model/data/0, 1, ...      one tensor each, little endian
 * </pre>
 *
 * <p>Equal graphs give equal bytes, so that the digest of a file says what is in it.
 */
public final class TorchScriptWriter {
    private static final String OWN_FILE = "code/__torch__.py";
    private static final String FILE_AROUND_ANOTHER =
            "code/__torch__/lesionstream.py"; // a name that no other writer uses
    private static final String KEY_BESIDE_OTHERS = "lesionstream_";

    private TorchScriptWriter() {}

    /** Writes a file anew. */
    public static void write(Graph graph, Path file) throws IOException {
        TorchScriptCode code = TorchScriptCode.of(graph);
        try (StoredArchive archive = StoredArchive.create(file)) {
            archive.store("version", "3\n".getBytes(StandardCharsets.US_ASCII));
            archive.store("data.pkl", module("__torch__", "Net", code.attributes(), "", Optional.empty()));
            archive.store("constants.pkl", Pickle.emptyTuple());
            archive.store(OWN_FILE, code.print().getBytes(StandardCharsets.US_ASCII));
            storeWeights(archive, code.attributes(), "");
        }
    }

    /**
     * Writes a file anew, around a module from elsewhere. The format's version stays that of the module, since it says how to read its source.
     *
     * @param graph calls the module by {@link EmbeddedModule#CALL}
     */
    public static void write(Graph graph, EmbeddedModule embedded, Path file) throws IOException {
        TorchScriptCode code = TorchScriptCode.around(embedded, graph);
        try (StoredArchive archive = StoredArchive.create(file)) {
            embedded.copyTo(archive);
            archive.store(
                    "data.pkl",
                    module(
                            "__torch__.lesionstream",
                            "Served",
                            code.attributes(),
                            KEY_BESIDE_OTHERS,
                            Optional.of(embedded)));
            archive.store(FILE_AROUND_ANOTHER, code.print().getBytes(StandardCharsets.US_ASCII));
            storeWeights(archive, code.attributes(), KEY_BESIDE_OTHERS);
        }
    }

    private static void storeWeights(StoredArchive archive, Map<Weight, String> attributes, String keyPrefix)
            throws IOException {
        int key = 0;
        for (Weight weight : attributes.keySet()) {
            archive.store("data/" + keyPrefix + key++, bytes(weight));
        }
    }

    private static byte[] module(
            String file,
            String name,
            Map<Weight, String> attributes,
            String keyPrefix,
            Optional<EmbeddedModule> embedded) {
        Pickle pickle = new Pickle();
        pickle.global(file, name).tuple().newObject().dictionary().mark();
        pickle.word("training").no();
        int key = 0;
        for (Map.Entry<Weight, String> attribute : attributes.entrySet()) {
            pickle.word(attribute.getValue());
            tensor(pickle, attribute.getKey(), keyPrefix + key++);
        }
        embedded.ifPresent(module -> pickle.word("model").steps(module.program()));
        return pickle.setItems().build().finish();
    }

    private static void tensor(Pickle pickle, Weight weight, String key) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark()
                .word("storage")
                .global("torch", storageClass(weight.value().type()))
                .word(key)
                .word("cpu")
                .whole(weight.tensor().values().length)
                .endTuple()
                .persistent();
        pickle.whole(0).wholes(weight.tensor().shape()).wholes(weight.strides()).no();
        pickle.global("collections", "OrderedDict").tuple().reduce();
        pickle.endTuple().reduce();
    }

    private static String storageClass(ScalarType type) {
        return switch (type) {
            case FLOAT32 -> "FloatStorage";
            case FLOAT16 -> "HalfStorage";
            case BFLOAT16 -> "BFloat16Storage";
            case UINT8, INT8, INT64, BOOL -> throw new IllegalArgumentException("weights cannot be " + type);
        };
    }

    private static byte[] bytes(Weight weight) {
        float[] values = weight.storedValues();
        ScalarType type = weight.value().type();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (type) {
                case FLOAT32 -> bytes.putFloat(value);
                case FLOAT16 -> bytes.putShort(ReducedPrecision.toHalf(value));
                case BFLOAT16 -> bytes.putShort(ReducedPrecision.toBfloat16(value));
                case UINT8, INT8, INT64, BOOL -> throw new IllegalArgumentException("weights cannot be " + type);
            }
        }
        return bytes.array();
    }
}
