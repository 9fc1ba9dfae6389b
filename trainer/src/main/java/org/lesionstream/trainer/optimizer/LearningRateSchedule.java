package org.lesionstream.trainer.optimizer;

import org.lesionstream.trainer.term.Term;

/**
 * How the learning rate changes while training proceeds, as a share of its first value.
 *
 * <p>Text forms, each with {@code warmup=EPOCHS} for a rate that first rises linearly from nothing:
 *
 * <ul>
 *   <li>{@code constant}
 *   <li>{@code cosine:floor=0.01}: half a cosine from 1 to {@code floor} over the run (Loshchilov and Hutter 2017, without restarts)
 *   <li>{@code poly:power=0.9}: {@code (1 - share of the run)^power}
 *   <li>{@code restarts:period=10,factor=1,floor=0}: such a cosine over {@code period} epochs, again and again, each {@code factor} times as long as the one before
 *   <li>{@code step:every=30,gamma=0.1}: times {@code gamma} after every so many epochs
 * </ul>
 *
 * <p>Schedules by epochs change between epochs only, as the published code steps them. A run that ends by patience alone has no share that is done: {@code cosine} and {@code poly}
 * then stay where they begin.
 *
 * @param shape how it goes on after the warm-up
 * @param warmup epochs over which the rate rises first
 * @param text the text form
 */
public record LearningRateSchedule(Shape shape, double warmup, String text) {

    private static final String WARMUP = "warmup";

    /** A share of the first rate. */
    @FunctionalInterface
    public interface Shape {

        /**
         * The share.
         *
         * @param done share of the run that is done, 0 to 1
         * @param epochs passes over the samples that are done
         */
        double share(double done, double epochs);
    }

    public LearningRateSchedule {
        OptimizerRule.requireNotNegative(WARMUP, warmup);
    }

    /** Reads the text form. */
    public static LearningRateSchedule parse(String text) {
        Term term = Term.parse(text);
        Shape shape =
                switch (term.name()) {
                    case "constant" -> constant(term);
                    case "cosine" -> cosine(term);
                    case "poly" -> poly(term);
                    case "restarts" -> restarts(term);
                    case "step" -> step(term);
                    default ->
                        throw new IllegalArgumentException(
                                "there is no schedule \"%s\", there are constant, cosine, poly, restarts, step"
                                        .formatted(term.name()));
                };
        return new LearningRateSchedule(shape, term.number(WARMUP, 0), term.toString());
    }

    private static Shape constant(Term term) {
        term.allowOnly(WARMUP);
        return (done, epochs) -> 1;
    }

    private static Shape cosine(Term term) {
        double floor = term.allowOnly(WARMUP, "floor").number("floor", 0.01);
        OptimizerRule.requireShare("floor", floor);
        return (done, epochs) -> halfCosine(floor, done);
    }

    private static Shape poly(Term term) {
        double power = term.allowOnly(WARMUP, "power").number("power", 0.9);
        OptimizerRule.requireNotNegative("power", power);
        return (done, epochs) -> Math.pow(1 - done, power);
    }

    private static Shape restarts(Term term) {
        term.allowOnly(WARMUP, "period", "factor", "floor");
        int first = positive("period", term.count("period", 10));
        int factor = positive("factor", term.count("factor", 1));
        double floor = term.number("floor", 0);
        OptimizerRule.requireShare("floor", floor);
        return (done, epochs) -> {
            double within = Math.floor(epochs);
            double period = first;
            while (within >= period) {
                within -= period;
                period *= factor;
            }
            return halfCosine(floor, within / period);
        };
    }

    private static Shape step(Term term) {
        term.allowOnly(WARMUP, "every", "gamma");
        int every = positive("every", term.count("every", 30));
        double gamma = term.number("gamma", 0.1);
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma must lie in [0, 1], was " + gamma);
        }
        return (done, epochs) -> Math.pow(gamma, Math.floor(epochs / every));
    }

    private static double halfCosine(double floor, double done) {
        return floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2;
    }

    private static int positive(String what, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException(what + " must be positive, was " + number);
        }
        return number;
    }

    /**
     * The rate of the next step.
     *
     * @param first rate that the schedule takes shares of
     * @param done share of the run that is done, taken as 0 to 1
     * @param epochs passes over the samples that are done, in parts of one
     */
    public double rate(double first, double done, double epochs) {
        double rising = warmup == 0 ? 1 : Math.min(1, epochs / warmup);
        return first * rising * shape.share(Math.max(0, Math.min(1, done)), epochs);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Schedules are equal when their texts are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LearningRateSchedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
