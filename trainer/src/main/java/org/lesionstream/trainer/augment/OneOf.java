package org.lesionstream.trainer.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * One of several variations, all equally likely.
 *
 * @param choices at least one
 */
record OneOf(List<SampleTransform> choices) implements Choice {

    OneOf {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("there must be something to choose from");
        }
    }

    @Override
    public SampleTransform choose(RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
