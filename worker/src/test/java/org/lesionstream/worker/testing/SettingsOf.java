package org.lesionstream.worker.testing;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.lesionstream.worker.inference.DeviceKind;
import org.lesionstream.worker.inference.InferenceSettings;
import org.lesionstream.worker.inference.PrecisionChoice;

/** Inference settings of the tests: one thread, a minute for a batch, room enough unless said otherwise. */
public final class SettingsOf {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private SettingsOf() {}

    public static InferenceSettings inference(PrecisionChoice precision, List<Integer> batchSizes) {
        return inference(DeviceKind.CPU, precision, 1, batchSizes, OptionalInt.empty(), true, 4);
    }

    public static InferenceSettings inference(DeviceKind device) {
        return inference(device, PrecisionChoice.AUTO, 1, List.of(1, 2, 4), OptionalInt.empty(), true, 4);
    }

    public static InferenceSettings inference(
            DeviceKind device,
            PrecisionChoice precision,
            int threads,
            List<Integer> batchSizes,
            OptionalInt largest,
            boolean deterministic,
            int networks) {
        return new InferenceSettings(
                device,
                precision,
                threads,
                batchSizes,
                largest,
                A_MINUTE,
                deterministic,
                new InferenceSettings.Memory(networks, Long.MAX_VALUE));
    }
}
