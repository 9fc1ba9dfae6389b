package org.lesionstream.local.scale;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionstream.local.scale.model.FleetFacts;
import org.lesionstream.local.scale.model.Scenario;

/**
 * What shall be compared.
 *
 * @param out working folder, which is emptied first
 * @param bench figures of {@code deploy/bench --json}; absent for those that are built in
 * @param faster how many times as fast a worker is as the figures say
 * @param urgentImages of a day
 * @param imagesPerCase mean
 * @param deadlineSeconds of an urgent image
 * @param backfillImages old images
 * @param inFlight most of them without an answer at the same time
 * @param facts of the cluster
 * @param scenarios by name; empty for all
 * @param settings by name; empty for all
 * @param json where the figures go as JSON
 * @param csv where the figures go as CSV
 * @param html where the page goes; absent for the working folder
 * @param seed of everything that is left to chance
 */
public record ScaleOptions(
        Path out,
        Optional<Path> bench,
        double faster,
        int urgentImages,
        double imagesPerCase,
        double deadlineSeconds,
        long backfillImages,
        int inFlight,
        FleetFacts facts,
        List<String> scenarios,
        List<String> settings,
        Optional<Path> json,
        Optional<Path> csv,
        Optional<Path> html,
        long seed) {

    static final double DEADLINE_SECONDS = 60;

    private static final double HOUR = 3600;
    private static final double BACKFILL_AT = 6 * HOUR;
    private static final double BACKFILL_UNTIL = 36 * HOUR;
    private static final double OUTAGE_FROM = 6.5 * HOUR;
    private static final double OUTAGE_TO = 7 * HOUR;

    public ScaleOptions {
        scenarios = List.copyOf(scenarios);
        settings = List.copyOf(settings);
        if (!(faster > 0 && Double.isFinite(faster))) {
            throw new IllegalArgumentException("faster must be positive, was " + faster);
        }
    }

    /**
     * The days that are simulated: the hospital alone; a backfill from six in the morning on, until noon of the next day; the broker away from half past
     * six to seven, when the morning begins and few workers are there.
     *
     * @throws IllegalArgumentException when one was named that does not exist
     */
    List<Scenario> days() {
        List<Scenario> all = List.of(
                day("peak"),
                day("backfill")
                        .with(new Scenario.Backfill(BACKFILL_AT, backfillImages, inFlight))
                        .lasting(BACKFILL_UNTIL),
                day("outage").with(new Scenario.Outage(OUTAGE_FROM, OUTAGE_TO)));
        return Named.chosen("scenario", scenarios, all, Scenario::name);
    }

    private Scenario day(String name) {
        return Scenario.day(name, urgentImages, imagesPerCase, deadlineSeconds);
    }
}
