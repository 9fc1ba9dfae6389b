package org.lesionstream.local.scale;

import java.util.List;
import org.lesionstream.local.scale.model.Layout;
import org.lesionstream.local.scale.model.PoolSettings;
import org.lesionstream.local.scale.model.ScaleSettings;
import org.lesionstream.local.scale.model.ScalingRules;
import org.lesionstream.local.scale.model.ServiceTimes;
import org.lesionstream.local.scale.model.TriggerSettings;

/**
 * The settings that are compared. {@code chosen} is what the manifests say; every other one differs from it in the one thing that its name tells, except
 * for {@code fixed} and {@code defaults}.
 */
public final class Candidates {

    /** Jobs that a backfill has in flight unless it is told otherwise: no pool can wait for more lag than that. */
    static final int IN_FLIGHT = 5000;

    /** The share of its deadline that an urgent job may wait for the jobs before it. */
    private static final double SHARE_OF_DEADLINE = 1 / 8.0;

    /** A backfill worker shall have work for so long. */
    private static final double BACKFILL_SECONDS = 120;

    /** Shorter than the start of a worker: in that time the urgent workers have done it in their pauses. */
    private static final double ACTIVATION_SECONDS = 60;

    private static final int URGENT_MIN = 2;
    private static final int URGENT_MAX = 6;
    private static final int BACKFILL_MAX = 6;
    private static final int KEDAS_THRESHOLD = 10;

    private final double imagesPerSecond;
    private final double deadlineSeconds;
    private final int inFlight;

    /**
     * @param deadlineSeconds of an urgent image
     * @param inFlight jobs that a backfill has in flight
     */
    Candidates(ServiceTimes times, double deadlineSeconds, int inFlight) {
        this.imagesPerSecond = times.imagesPerSecond();
        this.deadlineSeconds = deadlineSeconds;
        this.inFlight = inFlight;
    }

    /** What the manifests say: for the measured worker, a deadline of a minute and a backfill as it is by default. */
    public static ScaleSettings manifests() {
        return new Candidates(ServiceTimes.measured(), ScaleOptions.DEADLINE_SECONDS, IN_FLIGHT).chosen();
    }

    ScaleSettings chosen() {
        return settings("chosen", "what the manifests say", Layout.BACKFILL_APART, urgent(), backfill());
    }

    List<ScaleSettings> all() {
        PoolSettings urgent = urgent();
        PoolSettings backfill = backfill();
        TriggerSettings.Lag lag = urgentLag();
        Layout apart = Layout.BACKFILL_APART;
        return List.of(
                chosen(),
                settings(
                        "fixed",
                        "no autoscaler: as many as ever",
                        apart,
                        PoolSettings.fixed(URGENT_MAX),
                        PoolSettings.fixed(BACKFILL_MAX)),
                settings(
                        "defaults",
                        "KEDA and Kubernetes as they come, ten jobs a worker",
                        apart,
                        PoolSettings.usual(URGENT_MIN, URGENT_MAX, TriggerSettings.Lag.of(KEDAS_THRESHOLD)),
                        PoolSettings.usual(0, BACKFILL_MAX, TriggerSettings.Lag.of(KEDAS_THRESHOLD))),
                settings(
                        "half-deadline",
                        "jobs may wait for half of their deadline, not an eighth",
                        apart,
                        urgent.withTrigger(urgentLag(0.5)),
                        backfill),
                settings(
                        "nervous",
                        "the urgent pool shrinks as soon as it may",
                        apart,
                        urgent.withRules(
                                urgent.up(),
                                new ScalingRules(0, ScalingRules.usualDown().policies())),
                        backfill),
                settings(
                        "up-at-once",
                        "the urgent pool grows without a second look",
                        apart,
                        urgent.withRules(ScalingRules.pods(0, 2, 30), urgent.down()),
                        backfill),
                settings(
                        "whole-topic",
                        "without limitToPartitionsWithLag",
                        apart,
                        urgent.withTrigger(TriggerSettings.Lag.of(lag.lagThreshold())),
                        backfill.withTrigger(
                                TriggerSettings.Lag.of(backfillLag().lagThreshold())
                                        .activeAbove(backfillLag().activationLagThreshold()))),
                settings(
                        "persistent",
                        "with excludePersistentLag",
                        apart,
                        urgent.withTrigger(lag.excludingPersistentLag()),
                        backfill.withTrigger(backfillLag().excludingPersistentLag())),
                settings(
                        "no-fallback",
                        "nothing changes while the broker is away",
                        apart,
                        urgent.withoutFallback(),
                        backfill),
                settings(
                        "time-to-clear",
                        "by the time in which the backlog would be cleared, at the rate that workers show",
                        apart,
                        urgent.withTrigger(new TriggerSettings.TimeToClear(
                                (int) Math.max(1, Math.round(deadlineSeconds * SHARE_OF_DEADLINE)))),
                        backfill.withTrigger(new TriggerSettings.TimeToClear((int) BACKFILL_SECONDS))),
                settings("all-share", "backfill workers take urgent jobs as well", Layout.ALL_SHARE, urgent, backfill),
                settings(
                        "lanes-apart", "urgent workers leave the backfill alone", Layout.LANES_APART, urgent, backfill),
                settings(
                        "one-pool",
                        "one Deployment that both lanes scale",
                        Layout.ONE_POOL,
                        urgent.between(URGENT_MIN, URGENT_MAX + BACKFILL_MAX),
                        backfill));
    }

    private PoolSettings urgent() {
        return PoolSettings.usual(URGENT_MIN, URGENT_MAX, urgentLag())
                .polling(15, 300)
                .withRules(ScalingRules.pods(30, 2, 30), ScalingRules.pods(900, 1, 60))
                .withFallback(new PoolSettings.Fallback(3, URGENT_MAX, true));
    }

    private PoolSettings backfill() {
        return PoolSettings.usual(0, BACKFILL_MAX, backfillLag())
                .withRules(ScalingRules.pods(60, 3, 60), ScalingRules.pods(300, 2, 60));
    }

    private TriggerSettings.Lag urgentLag() {
        return urgentLag(SHARE_OF_DEADLINE).limitedToPartitionsWithLag();
    }

    private TriggerSettings.Lag urgentLag(double shareOfDeadline) {
        return TriggerSettings.Lag.of(images(deadlineSeconds * shareOfDeadline));
    }

    /** A pool must be able to reach its size: with half of what a backfill has in flight it does. */
    private TriggerSettings.Lag backfillLag() {
        int threshold = Math.max(1, Math.min(images(BACKFILL_SECONDS), inFlight / (2 * BACKFILL_MAX)));
        return TriggerSettings.Lag.of(threshold)
                .limitedToPartitionsWithLag()
                .activeAbove(Math.min(images(ACTIVATION_SECONDS), threshold / 2));
    }

    /** What one worker does in so many seconds. */
    private int images(double seconds) {
        return Math.max(1, (int) Math.floor(imagesPerSecond * seconds));
    }

    private static ScaleSettings settings(
            String name, String idea, Layout layout, PoolSettings urgent, PoolSettings backfill) {
        return new ScaleSettings(name, idea, layout, urgent, backfill);
    }
}
