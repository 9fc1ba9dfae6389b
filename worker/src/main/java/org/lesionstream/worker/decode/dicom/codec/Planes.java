package org.lesionstream.worker.decode.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.lesionstream.schemas.image.DecodeTimer;

/** The frame that a decoder fills, component by component and row by row, as long as it has time. Confined to one thread. */
final class Planes {

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final FrameLayout layout;
    private final DecodeTimer timer;
    private final byte[] target;
    private final boolean[] begun;

    Planes(FrameLayout layout, DecodeTimer timer) {
        this.layout = layout;
        this.timer = timer;
        this.target = new byte[layout.frameBytes()];
        this.begun = new boolean[layout.samples()];
    }

    /** Notes that a scan gives this component; no second one may. */
    void begin(int component) {
        if (begun[component]) {
            throw Refusal.damaged("a component is coded twice");
        }
        begun[component] = true;
    }

    /** @param from values of one row, the first at {@code offset} */
    void row(int component, int row, int[] from, int offset, int shift) {
        timer.check();
        int columns = layout.columns();
        int stride = layout.samples();
        int at = row * columns * stride + component;
        if (layout.bytesPerSample() == 1) {
            for (int i = 0; i < columns; i++, at += stride) {
                target[at] = (byte) (from[offset + i] << shift);
            }
        } else {
            int bytes = layout.bytesPerSample(); // those above the second stay 0
            for (int i = 0; i < columns; i++, at += stride) {
                INT16.set(target, bytes * at, (short) (from[offset + i] << shift));
            }
        }
    }

    /** The frame, once every component was given. */
    byte[] complete() {
        for (boolean component : begun) {
            if (!component) {
                throw Refusal.damaged("a component is missing");
            }
        }
        return target;
    }
}
