package org.lesionstream.local.scale.model;

import java.util.Optional;

/** Tells an autoscaler how much there is to do. */
interface Trigger {

    /**
     * What was read.
     *
     * @param value how much there is to do
     * @param target how much of it one worker shall have
     * @param active whether there shall be any worker
     */
    record Reading(double value, double target, boolean active) {

        /** Kubernetes leaves things as they are within so much of the target. */
        private static final double TOLERANCE = 0.1;

        /** How many workers that asks for, when there are so many. */
        int replicas(int current) {
            double ratio = value / (target * current);
            return Math.abs(1 - ratio) <= TOLERANCE ? current : (int) Math.ceil(value / target - 1e-9);
        }
    }

    /** Reads; empty where nobody answers. */
    Optional<Reading> read();
}
