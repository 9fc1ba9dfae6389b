package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The few names of Python that a file of tensors needs, and what calling them means here. Every other name is refused, and nothing is ever executed: a call
 * is the creation of a plain value.
 *
 * <p>Values are: {@link Map} (dictionary), {@link List} (list, tuple, set), {@link String}, {@link Number}, {@link Boolean}, {@link #NONE}, raw {@code byte[]},
 * {@link StoredType} (a class of storages), {@link Callable}, {@link StorageReference} and {@link TensorReference}. Remembers the storages that it met; confined to one
 * thread.
 */
final class TorchObjects {

    /** Python's None. */
    static final Object NONE = new Object();

    /** What a pickle may call. */
    enum Callable {
        ORDERED_DICT,
        SIZE,
        TENSOR,
        PARAMETER
    }

    private static final Map<String, Object> ALLOWED = allowed();
    private static final String STORAGE = "storage";
    private static final int MOST_EXTENTS = 16;
    private static final int MOST_PAIRS = 1_000_000;

    private final Map<String, StorageReference> storages = new HashMap<>();
    private int pairs; // copied into dictionaries by calls: a list of pairs can be given to many of them

    private static Map<String, Object> allowed() {
        Map<String, Object> allowed = new HashMap<>();
        allowed.put("collections.OrderedDict", Callable.ORDERED_DICT);
        allowed.put("torch.Size", Callable.SIZE);
        allowed.put("torch._utils._rebuild_tensor_v2", Callable.TENSOR);
        allowed.put("torch._utils._rebuild_parameter", Callable.PARAMETER);
        for (StoredType type : StoredType.values()) {
            allowed.put("torch." + type.torchName(), type);
        }
        return allowed;
    }

    /** Storages that were named so far, by key. */
    Map<String, StorageReference> storages() {
        return Collections.unmodifiableMap(storages);
    }

    /**
     * What a name means.
     *
     * @throws IOException naming it, when a file of tensors has no need for it
     */
    Object global(String module, String name) throws IOException {
        Object known = ALLOWED.get(module + "." + name);
        if (known == null) {
            throw new IOException("refused: " + Printable.of(module + "." + name)
                    + "; only tensors, plain values and dictionaries are read, so save the state dict alone");
        }
        return known;
    }

    /** The value of a call. */
    Object call(Object callable, Object arguments) throws IOException {
        List<?> given = as(List.class, arguments, "arguments of a call");
        return switch (as(Callable.class, callable, "what is called")) {
            case ORDERED_DICT -> dictionary(given);
            case SIZE -> as(List.class, argument(given, 0), "extents of a size");
            case TENSOR -> tensor(given);
            case PARAMETER -> as(TensorReference.class, argument(given, 0), "data of a parameter");
        };
    }

    /** Attributes of a dictionary, such as the version of its layers, mean nothing here; nothing else has any. */
    void setState(Object target) throws IOException {
        as(Map.class, target, "what is given attributes");
    }

    /** What an identifier outside of the pickle stands for: always a storage. */
    StorageReference persistent(Object identifier) throws IOException {
        List<?> parts = as(List.class, identifier, "persistent identifier");
        if (!STORAGE.equals(argument(parts, 0))) {
            throw new IOException("a persistent identifier is no storage");
        }
        if (parts.size() > 5 && parts.get(5) != NONE) {
            throw new IOException("a storage is a view of another one; save the state dict with a newer PyTorch");
        }
        StoredType type = as(StoredType.class, argument(parts, 1), "class of a storage");
        String key = as(String.class, argument(parts, 2), "key of a storage");
        long count = as(Long.class, argument(parts, 4), "length of a storage");
        StorageReference storage = valid(() -> new StorageReference(type, key, count));
        StorageReference known = storages.putIfAbsent(key, storage);
        if (known != null && !known.equals(storage)) {
            throw new IOException("storage " + Printable.of(key) + " is described twice and differently");
        }
        return storage;
    }

    /** Puts a key and its value into a dictionary; keys are words and plain numbers. */
    static void put(Map<Object, Object> dictionary, Object key, Object value) throws IOException {
        if (!(key instanceof String || key instanceof Long || key instanceof Double || key instanceof Boolean)) {
            throw new IOException("a dictionary has a key that is neither a word nor a number");
        }
        dictionary.put(key, value);
    }

    /** The value as the type it must have. */
    static <T> T as(Class<T> type, Object value, String what) throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException(what + " must be a " + type.getSimpleName() + ", was "
                    + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    private Map<Object, Object> dictionary(List<?> arguments) throws IOException {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        if (!arguments.isEmpty()) { // written by Python 2: all pairs as the only argument
            for (Object pair : as(List.class, arguments.get(0), "pairs of a dictionary")) {
                if (++pairs > MOST_PAIRS) {
                    throw new IOException("the pickle makes dictionaries of more than " + MOST_PAIRS + " pairs");
                }
                List<?> entry = as(List.class, pair, "pair of a dictionary");
                put(dictionary, argument(entry, 0), argument(entry, 1));
            }
        }
        return dictionary;
    }

    private static TensorReference tensor(List<?> arguments) throws IOException {
        StorageReference storage = as(StorageReference.class, argument(arguments, 0), "storage of a tensor");
        long offset = as(Long.class, argument(arguments, 1), "offset of a tensor");
        long[] shape = numbers(argument(arguments, 2), "extents of a tensor");
        long[] strides = numbers(argument(arguments, 3), "strides of a tensor");
        return valid(() -> new TensorReference(storage, offset, shape, strides));
    }

    private static long[] numbers(Object list, String what) throws IOException {
        List<?> given = as(List.class, list, what);
        if (given.size() > MOST_EXTENTS) {
            throw new IOException(what + " must be at most " + MOST_EXTENTS + ", were " + given.size());
        }
        long[] numbers = new long[given.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = as(Long.class, given.get(i), what);
        }
        return numbers;
    }

    private static Object argument(List<?> arguments, int number) throws IOException {
        if (number >= arguments.size()) {
            throw new IOException("a call has " + arguments.size() + " arguments, too few");
        }
        return arguments.get(number);
    }

    /** A value that checks itself, whose objections are those to the file. */
    private static <T> T valid(Supplier<T> value) throws IOException {
        try {
            return value.get();
        } catch (IllegalArgumentException invalid) {
            throw new IOException(invalid.getMessage(), invalid);
        }
    }
}
