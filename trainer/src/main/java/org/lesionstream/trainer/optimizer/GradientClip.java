package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionstream.trainer.term.Term;

/**
 * A bound of the gradients of one step.
 *
 * @param kind what is bounded
 * @param limit the bound, positive; 0 where nothing is bounded
 */
public record GradientClip(Kind kind, double limit) {

    /** Leaves gradients as they are. */
    public static final GradientClip NONE = new GradientClip(Kind.NONE, 0);

    private static final String LIMIT = "limit";
    private static final float SMALLEST = 1e-6f; // as torch.nn.utils.clip_grad_norm_ has it

    /** What is bounded. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** The Euclidean norm of all gradients together: they shrink alike and keep their direction (Pascanu et al. 2013). */
        NORM,
        /** Every number by itself. */
        VALUE
    }

    public GradientClip {
        if (kind == Kind.NONE ? limit != 0 : !(limit > 0) || Double.isInfinite(limit)) {
            throw new IllegalArgumentException("limit of a clip must be positive, was " + limit);
        }
    }

    /** Reads the text form: {@code none}, {@code norm:limit=1} or {@code value:limit=0.5}. */
    public static GradientClip parse(String text) {
        Term term = Term.parse(text);
        return switch (term.name()) {
            case "none" -> {
                term.allowOnly();
                yield NONE;
            }
            case "norm" -> new GradientClip(Kind.NORM, term.allowOnly(LIMIT).number(LIMIT, 1));
            case "value" -> new GradientClip(Kind.VALUE, term.allowOnly(LIMIT).number(LIMIT, 1));
            default ->
                throw new IllegalArgumentException(
                        "clip must be none, norm or value, was \"%s\"".formatted(term.name()));
        };
    }

    /** The bounded gradients; those given stay as they are. */
    public List<NDArray> apply(List<NDArray> gradients) {
        return switch (kind) {
            case NONE -> gradients;
            case VALUE ->
                gradients.stream()
                        .map(gradient -> gradient.clip((float) -limit, (float) limit))
                        .toList();
            case NORM -> {
                float factor = (float) limit / (norm(gradients) + SMALLEST);
                yield factor < 1
                        ? gradients.stream()
                                .map(gradient -> gradient.mul(factor))
                                .toList()
                        : gradients;
            }
        };
    }

    /** The text form. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return new Term(name, kind == Kind.NONE ? Map.of() : Map.of(LIMIT, Term.text(limit))).toString();
    }

    private static float norm(List<NDArray> gradients) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            squares += gradient.square().sum().getFloat();
        }
        return (float) Math.sqrt(squares);
    }
}
