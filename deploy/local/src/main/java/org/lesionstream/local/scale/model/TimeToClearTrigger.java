package org.lesionstream.local.scale.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.lesionstream.local.traffic.JobLane;

/**
 * The unanswered jobs of a lane in seconds of work of one worker, by the rate that the workers have shown. The workers themselves count the jobs, so a
 * fleet of none tells nothing.
 */
final class TimeToClearTrigger implements Trigger {

    private final TriggerSettings.TimeToClear settings;
    private final Broker broker;
    private final JobLane lane;
    private final Supplier<OptionalDouble> imagesPerSecond;

    /** @param imagesPerSecond what one busy worker has done lately */
    TimeToClearTrigger(
            TriggerSettings.TimeToClear settings,
            Broker broker,
            JobLane lane,
            Supplier<OptionalDouble> imagesPerSecond) {
        this.settings = settings;
        this.broker = broker;
        this.lane = lane;
        this.imagesPerSecond = imagesPerSecond;
    }

    @Override
    public Optional<Reading> read() {
        OptionalDouble rate = imagesPerSecond.get();
        if (!broker.isUp() || rate.isEmpty()) {
            return Optional.empty();
        }
        long lag = broker.lag(lane);
        return Optional.of(new Reading(lag / rate.getAsDouble(), settings.targetSeconds(), lag > 0));
    }
}
