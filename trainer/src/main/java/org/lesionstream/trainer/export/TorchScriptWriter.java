package org.lesionstream.trainer.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    private static final String FOLDER = "model/";
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private TorchScriptWriter() {}

    /** Writes a file anew. */
    public static void write(Graph graph, Path file) throws IOException {
        TorchScriptCode code = new TorchScriptCode(graph);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, "data.pkl", module(code.attributes()));
            store(zip, "constants.pkl", Pickle.emptyTuple());
            store(zip, "code/__torch__.py", code.print().getBytes(StandardCharsets.US_ASCII));
            int key = 0;
            for (Weight weight : code.attributes().keySet()) {
                store(zip, "data/" + key++, bytes(weight));
            }
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setTimeLocal(EPOCH);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] module(Map<Weight, String> attributes) {
        Pickle pickle = new Pickle();
        pickle.global("__torch__", "Net").tuple().newObject().dictionary().mark();
        pickle.word("training").no();
        int key = 0;
        for (Map.Entry<Weight, String> attribute : attributes.entrySet()) {
            pickle.word(attribute.getValue());
            tensor(pickle, attribute.getKey(), key++);
        }
        return pickle.setItems().build().finish();
    }

    private static void tensor(Pickle pickle, Weight weight, int key) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark()
                .word("storage")
                .global("torch", storageClass(weight.value().type()))
                .word(Integer.toString(key))
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
