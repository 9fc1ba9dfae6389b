package org.lesionstream.trainer.training;

/** How the learning rate falls while training proceeds, as a share of its first value. */
public enum LearningRateSchedule {

    /** The same rate to the end; for runs whose end is a score, not a date. */
    CONSTANT {
        @Override
        double share(double progress) {
            return 1;
        }
    },

    /**
     * Half a cosine from 1 down to {@value #COSINE_FLOOR} (Loshchilov and Hutter 2017, without restarts): large steps
     * while there is time to correct them, small ones to settle.
     */
    COSINE {
        @Override
        double share(double progress) {
            return COSINE_FLOOR + (1 - COSINE_FLOOR) * (1 + Math.cos(Math.PI * progress)) / 2;
        }
    };

    static final double COSINE_FLOOR = 0.01;

    abstract double share(double progress);

    /**
     * The rate of the next step.
     *
     * @param first rate of the first step
     * @param progress share of the run that is done, 0 to 1
     */
    public double rate(double first, double progress) {
        return first * share(Math.max(0, Math.min(1, progress)));
    }
}
