package org.lesionstream.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * Looks into stored masks: the bytes must be those that row and result name, and the lesions that are found in them again must be those that
 * were reported.
 *
 * @param manifests of the checkpoints by digest, for their lesion rules
 */
record MaskChecker(Map<String, CheckpointManifest> manifests) {

    private static final MessageCodec CODEC = new MessageCodec();

    /** Adds what is wrong with the mask of a segmented image. */
    void check(Stored.Outcome outcome, Findings findings) {
        String id = outcome.jobId();
        if (outcome.mask().isEmpty()) {
            findings.lost("%s has a result and no mask".formatted(id));
            return;
        }
        Stored.Mask mask = outcome.mask().get();
        SegmentationResult result = CODEC.readResult(bytes(outcome.message()));
        String digest = Digest.of(mask.png()).hex();
        if (!digest.equals(mask.sha256())
                || !digest.equals(result.mask().sha256().hex())) {
            findings.corrupt("the mask of %s is not the one that its row and its result name".formatted(id));
            return;
        }
        CheckpointManifest manifest = manifests.get(outcome.digest().orElse(""));
        if (manifest == null) {
            findings.corrupt("%s was made by a checkpoint that nobody published".formatted(id));
            return;
        }
        try {
            compare(result, lesions(MaskPng.decode(mask.png()), result, manifest), outcome, findings);
        } catch (ImageRefusedException damaged) {
            findings.corrupt("the mask of %s cannot be read".formatted(id));
        }
    }

    private static List<LesionStatistics> lesions(
            LabelMask mask, SegmentationResult result, CheckpointManifest manifest) {
        return LesionMeasurer.measure(
                manifest.lesionRules().apply(mask, result.pixelSpacing()),
                mask,
                new byte[0],
                result.pixelSpacing(),
                Optional.empty());
    }

    private static void compare(
            SegmentationResult result, List<LesionStatistics> again, Stored.Outcome outcome, Findings findings) {
        long pixels = again.stream().mapToLong(LesionStatistics::areaPixels).sum();
        long reported =
                result.totals().stream().mapToLong(total -> total.areaPixels()).sum();
        boolean sums = result.lesionCount() == again.size()
                && outcome.lesions() == again.size()
                && reported == pixels
                && outcome.lesionPixels() == pixels;
        boolean each = result.lesions().size() < result.lesionCount()
                || result.lesions().stream()
                        .map(MaskChecker::place)
                        .collect(Collectors.toSet())
                        .equals(again.stream().map(MaskChecker::place).collect(Collectors.toSet()));
        if (!sums || !each) {
            findings.corrupt("the lesions of %s are not those of its mask".formatted(outcome.jobId()));
        }
    }

    /** What of a lesion follows from the mask alone. */
    private static String place(LesionStatistics lesion) {
        return lesion.label() + ":" + lesion.areaPixels() + "@" + lesion.centroidRow() + "," + lesion.centroidColumn()
                + " in " + lesion.minRow() + "," + lesion.minColumn() + "-" + lesion.maxRow() + "," + lesion.maxColumn()
                + " " + lesion.areaSquareMillimetres();
    }

    private static byte[] bytes(JsonNode message) {
        return message.toString().getBytes(UTF_8);
    }
}
