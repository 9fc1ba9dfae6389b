package org.lesionstream.local.scale.model;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lesionstream.local.traffic.JobLane;

/** Cases that know nothing of each other, at the rate of the hour; the images of one come together and on one partition. */
final class UrgentFeed {

    private final Timeline timeline;
    private final Broker broker;
    private final RandomGenerator random;
    private final Scenario scenario;
    private final double tilesPerImage;
    private long sent;

    UrgentFeed(Timeline timeline, Broker broker, RandomGenerator random, Scenario scenario, double tilesPerImage) {
        this.timeline = timeline;
        this.broker = broker;
        this.random = random;
        this.scenario = scenario;
        this.tilesPerImage = tilesPerImage;
    }

    void start() {
        if (scenario.urgentImages() > 0) {
            timeline.after(untilNext(), this::next);
        }
    }

    /** Images that were wanted. */
    long sent() {
        return sent;
    }

    /** Cases come at the highest rate of the day, and those that are too many for the hour are none. */
    private void next() {
        double share = scenario.profile().rate(timeline.now(), scenario.urgentImages()) / peak();
        if (random.nextDouble() < share) {
            int images = Chance.geometric(random, scenario.imagesPerCase());
            List<Job> jobs = new ArrayList<>(images);
            for (int i = 0; i < images; i++) {
                jobs.add(new Job(JobLane.URGENT, timeline.now(), Chance.geometric(random, tilesPerImage)));
            }
            sent += images;
            broker.publish(jobs, random.nextInt(broker.topic(JobLane.URGENT).size()));
        }
        timeline.after(untilNext(), this::next);
    }

    private double untilNext() {
        return Chance.exponential(random, peak() / scenario.imagesPerCase());
    }

    private double peak() {
        return scenario.profile().peak(scenario.urgentImages());
    }
}
