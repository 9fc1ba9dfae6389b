package org.lesionstream.worker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.PictureFacts;

/**
 * What became of a file: its facts, or the code of its refusal with a reason that quotes nothing of its content.
 *
 * @param facts present exactly if {@code code} is not
 * @param reason empty where there are facts
 */
record DecodeOutcome(Optional<PictureFacts> facts, Optional<FailureCode> code, String reason) {

    static DecodeOutcome of(Path file, DecodeLimits limits) {
        try {
            if (Files.size(file) > limits.maxBytes()) {
                return refused(FailureCode.TOO_MANY_BYTES, "more than " + limits.maxBytes() + " bytes");
            }
            return new DecodeOutcome(
                    Optional.of(PictureFacts.of(Files.readAllBytes(file), limits)), Optional.empty(), "");
        } catch (NoSuchFileException absent) {
            return refused(FailureCode.SOURCE_NOT_FOUND, "no such file");
        } catch (IOException unreadable) {
            return refused(FailureCode.SOURCE_UNREADABLE, unreadable.getClass().getSimpleName());
        } catch (ImageRefusedException refusal) {
            String detail = refusal.getMessage().substring((refusal.reason() + ": ").length());
            return refused(DecoderCatalog.codeOf(refusal.reason()), detail);
        }
    }

    private static DecodeOutcome refused(FailureCode code, String reason) {
        return new DecodeOutcome(Optional.empty(), Optional.of(code), reason);
    }

    /** One line. */
    String text() {
        return facts.map(DecodeOutcome::text).orElseGet(() -> code.orElseThrow() + " (" + reason + ")");
    }

    private static String text(PictureFacts facts) {
        String spacing = facts.spacing()
                .map(pixel -> String.format(
                        Locale.ROOT,
                        "%.6gx%.6g mm%s",
                        pixel.rowMillimetres(),
                        pixel.columnMillimetres(),
                        facts.spacingOrigin()
                                .map(origin -> "/" + origin.name().toLowerCase(Locale.ROOT))
                                .orElse("")))
                .orElse("unknown");
        return String.format(
                Locale.ROOT,
                "%dx%dx%d %s frames=%d spacing=%s min=%s max=%s mean=%.4f sha256=%s",
                facts.rows(),
                facts.columns(),
                facts.samples(),
                facts.format(),
                facts.frames(),
                spacing,
                number(facts.minimum()),
                number(facts.maximum()),
                facts.mean(),
                facts.sha256().hex());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** For JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        facts.ifPresent(known -> {
            fields.put("rows", known.rows());
            fields.put("columns", known.columns());
            fields.put("samples", known.samples());
            fields.put("frames", known.frames());
            fields.put("format", known.format().name());
            known.spacing().ifPresent(spacing -> {
                fields.put("rowMillimetres", spacing.rowMillimetres());
                fields.put("columnMillimetres", spacing.columnMillimetres());
            });
            known.spacingOrigin().ifPresent(origin -> fields.put("spacingOrigin", origin.name()));
            fields.put("minimum", known.minimum());
            fields.put("maximum", known.maximum());
            fields.put("mean", known.mean());
            fields.put("sha256", known.sha256().hex());
        });
        code.ifPresent(refusal -> {
            fields.put("code", refusal.name());
            fields.put("reason", reason);
        });
        return fields;
    }
}
