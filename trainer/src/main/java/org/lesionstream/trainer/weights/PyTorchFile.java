package org.lesionstream.trainer.weights;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * Reads the state dict of a file that PyTorch's {@code torch.save} wrote, in its zip form and in the older one.
 *
 * <ul>
 *   <li>Such a file is a program of Python's; here nothing of it is executed, see {@link TorchObjects}.
 *   <li>Memory and time are bounded by the size of the file.
 *   <li>The state dict is the file's whole content, or one of the entries that training scripts commonly wrap it in.
 * </ul>
 */
final class PyTorchFile {
    /** Bytes of a pickle beyond which a file is refused: that of a network with thousands of tensors has less than one of the sixteen mebibytes. */
    static final int LARGEST_PICKLE = 1 << 24;

    private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model", "net");

    /** How often the tensors may share the bytes of the file: views of a common storage are read once for each. */
    private static final int MOST_SHARING = 4;

    private static final int MOST_NAMES_SHOWN = 10;

    private PyTorchFile() {}

    /** Reads a file that is a zip archive. */
    static ReferenceWeights readZip(Path file) throws IOException {
        try (ZipArchive archive = new ZipArchive(file)) {
            Object root = Unpickler.read(archive.pickle(), new TorchObjects());
            return weights("PyTorch zip", root, archive, file.toFile().length());
        }
    }

    /** Reads a file that begins with a pickle. */
    static ReferenceWeights readLegacy(Path file) throws IOException {
        try (LegacyArchive archive = new LegacyArchive(file)) {
            return weights(
                    "PyTorch legacy", archive.root(), archive, file.toFile().length());
        }
    }

    private static ReferenceWeights weights(String format, Object root, Storages storages, long fileLength)
            throws IOException {
        Map<?, ?> content = TorchObjects.as(Map.class, root, "what the file holds");
        Optional<String> wrapper = WRAPPERS.stream()
                .filter(name -> holdsTensors(content.get(name)))
                .findFirst();
        Object stateDict = wrapper.isPresent() ? content.get(wrapper.get()) : content;
        if (!holdsTensors(stateDict)) {
            throw new IOException("holds no state dict; its entries are " + names(content));
        }
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        TreeSet<String> others = new TreeSet<>();
        long read = 0;
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) stateDict).entrySet()) {
            String name = TorchObjects.as(String.class, entry.getKey(), "name of a tensor");
            if (entry.getValue() instanceof TensorReference tensor
                    && tensor.storage().type().isFloating()) {
                read += tensor.spanInBytes();
                if (read > MOST_SHARING * fileLength) {
                    throw new IOException("its tensors share storages more than " + MOST_SHARING + " times");
                }
                tensors.put(name, tensor.read(storages));
            } else {
                others.add(name);
            }
        }
        return new ReferenceWeights(format, wrapper, tensors, others);
    }

    private static boolean holdsTensors(Object value) {
        return value instanceof Map<?, ?> map && map.values().stream().anyMatch(TensorReference.class::isInstance);
    }

    private static String names(Map<?, ?> content) {
        return content.keySet().stream()
                .limit(MOST_NAMES_SHOWN)
                .map(key -> Printable.of(String.valueOf(key)))
                .collect(joining(", "));
    }
}
