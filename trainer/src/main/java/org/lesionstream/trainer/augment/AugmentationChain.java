package org.lesionstream.trainer.augment;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * Several variations, one after the other, all fed from the same source of chance.
 *
 * <p>Neighbours that move pixels by mirrored fields and take their values alike become one field, so the picture is interpolated once and its mask rounded once.
 *
 * @param links applied in this order; none leaves samples as they are
 */
public record AugmentationChain(List<SampleTransform> links) implements SampleTransform {

    public AugmentationChain {
        links = List.copyOf(links);
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        int height = sample.image().height();
        int width = sample.image().width();
        Sample result = sample;
        Optional<Field> waiting = Optional.empty();
        Sampling sampling = Sampling.USUAL; // of the field that waits
        for (SampleTransform link : links) {
            SampleTransform chosen = link;
            while (chosen instanceof Choice choice) {
                chosen = choice.choose(random);
            }
            if (chosen instanceof Warp warp) {
                boolean joins = warp.sampling().mirrored() && warp.sampling().equals(sampling);
                result = joins ? result : applied(waiting, result, sampling);
                waiting = joins ? waiting : Optional.empty();
                Field drawn = warp.draw(random, height, width);
                waiting = Optional.of(waiting.map(drawn::after).orElse(drawn));
                sampling = warp.sampling();
            } else if (chosen != NONE) {
                result = chosen.apply(applied(waiting, result, sampling), random);
                waiting = Optional.empty();
            }
        }
        return applied(waiting, result, sampling);
    }

    private static Sample applied(Optional<Field> waiting, Sample sample, Sampling sampling) {
        return waiting.map(field -> field.apply(sample, sampling)).orElse(sample);
    }
}
