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
     * The fastest one that the hardware computes by itself. GPUs: fp16, whose mantissa is finer than that of bf16 at the same
     * speed, then bf16. Processors with bf16 instructions: bf16; libtorch has hardly any fp16 operator there. Other processors
     * would emulate bf16, so fp32, which every device runs where nothing else was exported.
     */
    AUTO {
        @Override
        List<Precision> candidates(Hardware hardware) {
            return switch (hardware.device()) {
                case CPU ->
                    hardware.bfloat16().isPresent()
                            ? List.of(Precision.BF16, Precision.FP32)
                            : List.of(Precision.FP32, Precision.BF16);
                case CUDA -> List.of(Precision.FP16, Precision.BF16, Precision.FP32);
            };
        }

        @Override
        String reason(Hardware hardware) {
            return switch (hardware.device()) {
                case CPU ->
                    hardware.bfloat16()
                            .map("auto: the processor has "::concat)
                            .orElse("auto: the processor has no instructions for bf16");
                case CUDA -> "auto: the device is a GPU";
            };
        }
    },
    FP32 {
        @Override
        List<Precision> candidates(Hardware hardware) {
            return List.of(Precision.FP32);
        }
    },
    BF16 {
        @Override
        List<Precision> candidates(Hardware hardware) {
            return List.of(Precision.BF16);
        }
    },
    FP16 {
        @Override
        List<Precision> candidates(Hardware hardware) {
            return List.of(Precision.FP16);
        }
    };

    /** Acceptable precisions, the best one first. */
    abstract List<Precision> candidates(Hardware hardware);

    /** Why these, in the words of the log. */
    String reason(Hardware hardware) {
        return "as set";
    }

    /** @throws SegmentationException {@code CHECKPOINT_CORRUPT} if the checkpoint has no acceptable file */
    CheckpointFile choose(CheckpointManifest manifest, Hardware hardware) {
        return candidates(hardware).stream()
                .map(manifest::file)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, StoredCheckpoints.WHERE));
    }
}
