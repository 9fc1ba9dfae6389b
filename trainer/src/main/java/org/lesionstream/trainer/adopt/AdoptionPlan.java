package org.lesionstream.trainer.adopt;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.export.NetworkAnswer;

/**
 * What a person says about a module from elsewhere.
 *
 * @param contract what it takes and gives
 * @param channels samples per pixel that it wants
 * @param height rows that it wants
 * @param width columns that it wants
 * @param normalisation fixed map from bytes to what it was trained on
 * @param take which part of an answer of several counts: a place counted from 0, or a key
 * @param geometry whether it sees whole pictures or tiles of them
 * @param margin pixels on each side of a tile that lack context; empty to find it out
 * @param alignment multiples at which tiles start
 * @param threshold least probability of the only class; empty for a half
 * @param classes names from label 1 on; empty to name them by number
 */
public record AdoptionPlan(
        Contract contract,
        int channels,
        int height,
        int width,
        Normalisation normalisation,
        Optional<String> take,
        GeometryKind geometry,
        OptionalInt margin,
        int alignment,
        OptionalDouble threshold,
        List<String> classes) {

    public AdoptionPlan {
        classes = List.copyOf(classes);
        if (normalisation.mean().size() != channels) {
            throw new IllegalArgumentException("mean and deviation must have one value for each of " + channels
                    + " channels, had " + normalisation.mean().size());
        }
        if (geometry == GeometryKind.FIT && contract.answer() == NetworkAnswer.LABELS) {
            throw new IllegalArgumentException(
                    "geometry fit interpolates probabilities to the size of the picture, which"
                            + " labels cannot be: contract " + contract.text() + " needs geometry tiles");
        }
        if (geometry == GeometryKind.FIT && margin.isPresent()) {
            throw new IllegalArgumentException("margin " + margin.getAsInt()
                    + " belongs to geometry tiles; geometry fit shows the whole picture at once and has none");
        }
    }
}
