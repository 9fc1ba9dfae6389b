package org.lesionstream.trainer.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.lesionstream.trainer.graph.ReducedPrecision;

/** Types in which files store the elements of an array, little endian, with the words that the two file formats have for them. */
enum StoredType {
    FLOAT64("F64", "DoubleStorage", 8),
    FLOAT32("F32", "FloatStorage", 4),
    FLOAT16("F16", "HalfStorage", 2),
    BFLOAT16("BF16", "BFloat16Storage", 2),
    INT64("I64", "LongStorage", 8),
    INT32("I32", "IntStorage", 4),
    INT16("I16", "ShortStorage", 2),
    INT8("I8", "CharStorage", 1),
    UINT8("U8", "ByteStorage", 1),
    BOOL("BOOL", "BoolStorage", 1);

    private final String safetensorsName;
    private final String torchName;
    private final int bytes;

    StoredType(String safetensorsName, String torchName, int bytes) {
        this.safetensorsName = safetensorsName;
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** The type that a safetensors header means; empty for those that are not known here. */
    static Optional<StoredType> ofSafetensors(String name) {
        return Arrays.stream(values())
                .filter(type -> type.safetensorsName.equals(name))
                .findFirst();
    }

    /** Name of the class of PyTorch that holds such elements, without its module. */
    String torchName() {
        return torchName;
    }

    /** Bytes of one element. */
    int bytes() {
        return bytes;
    }

    /** Whether weights can have this type. */
    boolean isFloating() {
        return switch (this) {
            case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
            case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
        };
    }

    /**
     * One element as a 32-bit float, rounded where the type is wider.
     *
     * @param elements little endian, of this type
     * @param index of the element, counted from 0
     */
    float element(ByteBuffer elements, int index) {
        int at = index * bytes;
        return switch (this) {
            case FLOAT64 -> (float) elements.getDouble(at);
            case FLOAT32 -> elements.getFloat(at);
            case FLOAT16 -> ReducedPrecision.fromHalf(elements.getShort(at));
            case BFLOAT16 -> ReducedPrecision.fromBfloat16(elements.getShort(at));
            case INT64 -> elements.getLong(at);
            case INT32 -> elements.getInt(at);
            case INT16 -> elements.getShort(at);
            case INT8 -> elements.get(at);
            case UINT8, BOOL -> elements.get(at) & 0xff;
        };
    }
}
