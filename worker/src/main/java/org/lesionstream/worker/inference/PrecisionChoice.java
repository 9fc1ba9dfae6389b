package org.lesionstream.worker.inference;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** Which file of a checkpoint a worker runs. */
public enum PrecisionChoice {
    /**
     * The fastest one that the device runs well. GPUs: fp16, whose mantissa is finer than that of bf16 at the same speed, then
     * bf16. CPUs: bf16; libtorch has hardly any fp16 operator there. fp32 where nothing else was exported.
     */
    AUTO {
        @Override
        List<Precision> candidates(DeviceKind device) {
            return switch (device) {
                case CPU -> List.of(Precision.BF16, Precision.FP32);
                case CUDA -> List.of(Precision.FP16, Precision.BF16, Precision.FP32);
            };
        }
    },
    FP32 {
        @Override
        List<Precision> candidates(DeviceKind device) {
            return List.of(Precision.FP32);
        }
    },
    BF16 {
        @Override
        List<Precision> candidates(DeviceKind device) {
            return List.of(Precision.BF16);
        }
    },
    FP16 {
        @Override
        List<Precision> candidates(DeviceKind device) {
            return List.of(Precision.FP16);
        }
    };

    /** Acceptable precisions, the best one first. */
    abstract List<Precision> candidates(DeviceKind device);

    /** @throws SegmentationException {@code CHECKPOINT_CORRUPT} if the checkpoint has no acceptable file */
    CheckpointFile choose(CheckpointManifest manifest, DeviceKind device) {
        return candidates(device).stream()
                .map(manifest::file)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, StoredCheckpoints.WHERE));
    }
}
