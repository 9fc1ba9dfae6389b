package org.lesionstream.local.scale.model;

import java.util.Optional;

/**
 * What happens to the fleet on one day.
 *
 * @param name one word
 * @param urgentImages of the day
 * @param profile when they come
 * @param imagesPerCase mean; the images of a case come together, and on one partition
 * @param deadlineSeconds within which an urgent image shall be answered
 * @param backfill old images that come as well
 * @param outage of the broker
 * @param seconds how long is looked at
 */
public record Scenario(
        String name,
        double urgentImages,
        DayProfile profile,
        double imagesPerCase,
        double deadlineSeconds,
        Optional<Backfill> backfill,
        Optional<Outage> outage,
        double seconds) {

    public static final double DAY = 86_400;

    /**
     * Old images.
     *
     * @param at second of the day at which it begins
     * @param inFlight most of them without an answer at the same time, as {@code worker backfill run --in-flight} bounds it
     */
    public record Backfill(double at, long images, int inFlight) {
        public Backfill {
            if (images < 0) {
                throw new IllegalArgumentException("images must not be negative, was " + images);
            }
            if (inFlight < 1) {
                throw new IllegalArgumentException("inFlight must be positive, was " + inFlight);
            }
        }
    }

    /** The broker is away between two seconds of the day. */
    public record Outage(double from, double to) {
        public Outage {
            if (to < from) {
                throw new IllegalArgumentException("to must not be before " + from + ", was " + to);
            }
        }
    }

    public Scenario {
        if (!(urgentImages >= 0 && Double.isFinite(urgentImages))) {
            throw new IllegalArgumentException("urgentImages must not be negative, was " + urgentImages);
        }
        if (!(imagesPerCase >= 1 && Double.isFinite(imagesPerCase))) {
            throw new IllegalArgumentException("imagesPerCase must be at least 1, was " + imagesPerCase);
        }
        if (!(deadlineSeconds > 0)) {
            throw new IllegalArgumentException("deadlineSeconds must be positive, was " + deadlineSeconds);
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("seconds must be positive, was " + seconds);
        }
    }

    /** A day of a hospital without anything else. */
    public static Scenario day(String name, double urgentImages, double imagesPerCase, double deadlineSeconds) {
        return new Scenario(
                name,
                urgentImages,
                DayProfile.hospital(),
                imagesPerCase,
                deadlineSeconds,
                Optional.empty(),
                Optional.empty(),
                DAY);
    }

    public Scenario with(Backfill old) {
        return new Scenario(
                name, urgentImages, profile, imagesPerCase, deadlineSeconds, Optional.of(old), outage, seconds);
    }

    public Scenario with(Outage away) {
        return new Scenario(
                name, urgentImages, profile, imagesPerCase, deadlineSeconds, backfill, Optional.of(away), seconds);
    }

    /** The same, looked at for so long; the hours repeat. */
    public Scenario lasting(double longer) {
        return new Scenario(name, urgentImages, profile, imagesPerCase, deadlineSeconds, backfill, outage, longer);
    }
}
