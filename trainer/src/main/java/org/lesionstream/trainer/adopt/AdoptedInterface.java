package org.lesionstream.trainer.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.export.NetworkAnswer;

/**
 * What a manifest will say about the module: decided from the plan and from what the module answered.
 *
 * @param input what it is fed
 * @param output what the file around it answers
 * @param classes what it finds
 */
record AdoptedInterface(InputSpec input, OutputSpec output, List<SegmentClass> classes) {

    private static final double HALF = 0.5;
    private static final int OVERLAP_SHARE = 8; // as for networks trained here

    /**
     * Decides.
     *
     * @throws AdoptionException when plan and answer do not fit together
     */
    static AdoptedInterface of(AdoptionPlan plan, AnswerShape answer) {
        InputSpec input = plan.geometry() == GeometryKind.FIT ? fit(plan, answer) : tiles(plan, answer);
        boolean labels = plan.contract().answer() == NetworkAnswer.LABELS;
        int maps = labels ? Math.max(1, plan.classes().size()) + 1 : answer.maps();
        if (maps > 1 && plan.threshold().isPresent()) {
            throw new AdoptionException("threshold " + plan.threshold().getAsDouble()
                    + " is for a module with one map; of several the most probable one wins");
        }
        OutputKind kind = plan.geometry() == GeometryKind.FIT ? OutputKind.PROBABILITIES : OutputKind.LABELS;
        OutputSpec output = new OutputSpec(kind, maps, plan.threshold().orElse(HALF));
        return new AdoptedInterface(input, output, classes(plan.classes(), maps));
    }

    private static InputSpec fit(AdoptionPlan plan, AnswerShape answer) {
        if (answer.height() != plan.height() || answer.width() != plan.width()) {
            throw new AdoptionException(
                    "the module answers %s, that is %s for an input of %s; geometry fit wants an answer as large as the input"
                            .formatted(answer.text(), size(answer), size(plan)));
        }
        return InputSpec.fit(plan.height(), plan.width(), plan.channels());
    }

    private static InputSpec tiles(AdoptionPlan plan, AnswerShape answer) {
        boolean padded = answer.height() == plan.height() && answer.width() == plan.width();
        int lost = (plan.height() - answer.height()) / 2;
        int margin = plan.margin().orElse(padded ? Math.min(plan.height(), plan.width()) / OVERLAP_SHARE : lost);
        boolean valid = margin >= 0
                && answer.height() == plan.height() - 2 * margin
                && answer.width() == plan.width() - 2 * margin;
        if (!padded && !valid) {
            throw new AdoptionException(
                    "the module answers %s, that is %s for an input of %s; tiles want as much, or less by the margin%s on each side"
                            .formatted(answer.text(), size(answer), size(plan), told(plan.margin())));
        }
        return padded
                ? InputSpec.tiles(plan.height(), plan.width(), plan.channels(), margin, plan.alignment())
                : InputSpec.validTiles(plan.height(), plan.width(), plan.channels(), margin, plan.alignment());
    }

    private static String told(OptionalInt margin) {
        return margin.isPresent() ? " " + margin.getAsInt() : "";
    }

    private static String size(AnswerShape answer) {
        return answer.height() + "x" + answer.width();
    }

    private static String size(AdoptionPlan plan) {
        return plan.height() + "x" + plan.width();
    }

    private static List<SegmentClass> classes(List<String> names, int maps) {
        int count = Math.max(1, maps - 1);
        if (!names.isEmpty() && names.size() != count) {
            throw new AdoptionException(
                    "the module answers with " + maps + (maps == 1 ? " map" : " maps, the background first") + ", so "
                            + count + " classes have names, not " + names.size());
        }
        List<SegmentClass> classes = new ArrayList<>();
        for (int label = 1; label <= count; label++) {
            String otherwise = count == 1 ? "lesion" : "class-" + label;
            classes.add(new SegmentClass(label, names.isEmpty() ? otherwise : names.get(label - 1), Optional.empty()));
        }
        return classes;
    }
}
