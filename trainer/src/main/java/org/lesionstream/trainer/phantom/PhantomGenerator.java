package org.lesionstream.trainer.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Makes cases from a seed.
 *
 * <ul>
 *   <li>Case n depends on seed, size, channels and n alone: asking for more pictures leaves the earlier cases as they were.
 *   <li>About a third of the pictures are slices of volumes, about one single picture in ten shows no lesion.
 *   <li>Only arithmetic that Java fixes to the last bit, so a seed means the same pictures on every machine.
 * </ul>
 */
public final class PhantomGenerator {

    private static final double VOLUME_SHARE = 0.08;
    private static final int FEWEST_SLICES = 4;
    private static final int MOST_SLICES = 8;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L; // spreads neighbouring case numbers over all seeds

    private final PhantomSettings settings;

    public PhantomGenerator(PhantomSettings settings) {
        this.settings = settings;
    }

    /** The cases, whose slices add up to the count that was asked for; the last volume may be cut short. */
    public List<PhantomCase> cases() {
        List<Integer> slices = new ArrayList<>();
        for (int left = settings.count(); left > 0; left -= slices.get(slices.size() - 1)) {
            slices.add(Math.min(left, slices(random(slices.size() + 1))));
        }
        List<PhantomCase> cases = new ArrayList<>();
        int validating = validating(slices.size());
        for (int i = 0; i < slices.size(); i++) { // every so-manieth case judges, spread evenly
            boolean validation = (i + 1L) * validating / slices.size() > (long) i * validating / slices.size();
            cases.add(new PhantomCase(i + 1, slices.get(i), validation));
        }
        return List.copyOf(cases);
    }

    /** The pictures of one case, in the order of its slices. */
    public List<Phantom> paint(PhantomCase drawn) {
        Random random = random(drawn.number());
        int slices = slices(random);
        Scene scene = Scene.random(random, settings.size(), slices);
        PhantomPainter painter = new PhantomPainter(settings.size(), settings.channels(), scene);
        List<Phantom> phantoms = new ArrayList<>();
        for (int slice = 0; slice < drawn.slices(); slice++) {
            phantoms.add(painter.paint(slice, random));
        }
        return List.copyOf(phantoms);
    }

    private static int slices(Random random) {
        int volume = FEWEST_SLICES + random.nextInt(MOST_SLICES - FEWEST_SLICES + 1);
        return random.nextDouble() < VOLUME_SHARE ? volume : 1;
    }

    /** How many cases judge: at least one where any should, and never all. */
    private int validating(int cases) {
        int wanted = (int) Math.round(settings.validationFraction() * cases);
        int least = settings.validationFraction() > 0 ? 1 : 0;
        return Math.min(cases - 1, Math.max(least, wanted));
    }

    private Random random(int number) {
        return new Random(new SplittableRandom(settings.seed() + number * GOLDEN).nextLong());
    }
}
