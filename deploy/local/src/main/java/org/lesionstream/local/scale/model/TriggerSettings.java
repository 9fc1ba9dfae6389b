package org.lesionstream.local.scale.model;

/** What an autoscaler looks at. */
public sealed interface TriggerSettings {

    /**
     * KEDA's {@code kafka} trigger; the names are those of its metadata.
     *
     * @param lagThreshold unanswered jobs for which there shall be one worker
     * @param activationLagThreshold above so many the pool is active: it leaves zero, and does not go back there
     * @param limitToPartitionsWithLag whether there shall be no more workers than partitions with unanswered jobs
     * @param excludePersistentLag whether a partition counts for nothing whose committed offset is what it was at the last look
     * @param ensureEvenDistributionOfPartitions whether all workers shall own equally many partitions
     */
    record Lag(
            int lagThreshold,
            int activationLagThreshold,
            boolean limitToPartitionsWithLag,
            boolean excludePersistentLag,
            boolean ensureEvenDistributionOfPartitions)
            implements TriggerSettings {
        public Lag {
            if (lagThreshold < 1) {
                throw new IllegalArgumentException("lagThreshold must be positive, was " + lagThreshold);
            }
            if (activationLagThreshold < 0) {
                throw new IllegalArgumentException(
                        "activationLagThreshold must not be negative, was " + activationLagThreshold);
            }
        }

        /** One worker for so many jobs, and whatever KEDA does unless it is told otherwise. */
        public static Lag of(int lagThreshold) {
            return new Lag(lagThreshold, 0, false, false, false);
        }

        public Lag limitedToPartitionsWithLag() {
            return new Lag(
                    lagThreshold,
                    activationLagThreshold,
                    true,
                    excludePersistentLag,
                    ensureEvenDistributionOfPartitions);
        }

        public Lag activeAbove(int lag) {
            return new Lag(
                    lagThreshold,
                    lag,
                    limitToPartitionsWithLag,
                    excludePersistentLag,
                    ensureEvenDistributionOfPartitions);
        }

        public Lag excludingPersistentLag() {
            return new Lag(
                    lagThreshold,
                    activationLagThreshold,
                    limitToPartitionsWithLag,
                    true,
                    ensureEvenDistributionOfPartitions);
        }

        public Lag evenly() {
            return new Lag(lagThreshold, activationLagThreshold, limitToPartitionsWithLag, excludePersistentLag, true);
        }
    }

    /**
     * A Prometheus rule: the time in which the fleet would clear the backlog, by the rate that its workers have shown.
     *
     * @param targetSeconds that it shall take
     */
    record TimeToClear(int targetSeconds) implements TriggerSettings {
        public TimeToClear {
            if (targetSeconds < 1) {
                throw new IllegalArgumentException("targetSeconds must be positive, was " + targetSeconds);
            }
        }
    }
}
