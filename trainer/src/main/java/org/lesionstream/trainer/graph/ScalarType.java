package org.lesionstream.trainer.graph;

/** Types of tensor elements, with the numbers that TorchScript knows them by. */
public enum ScalarType {
    UINT8(0, 1),
    INT8(1, 1),
    INT64(4, 8),
    FLOAT16(5, 2),
    FLOAT32(6, 4),
    BOOL(11, 1),
    BFLOAT16(15, 2);

    private final int code;
    private final int bytes;

    ScalarType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The engine's number for this type. */
    public int code() {
        return code;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether weights can have this type. */
    public boolean isFloating() {
        return this == FLOAT16 || this == FLOAT32 || this == BFLOAT16;
    }
}
