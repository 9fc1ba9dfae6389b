package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.local.scale.model.DayOutcome.Moment;

class SimulationTest {

    private static final FleetFacts FACTS = FleetFacts.usual().withPartitions(12);
    /** Ten images a second. */
    private static final ServiceTimes TIMES = new ServiceTimes(1, 1, 0, 0.1, 0.05);

    private static final double HOUR = 3600;
    private static final PoolSettings NO_BACKFILL = PoolSettings.fixed(0);

    @Test
    void isTheSameForTheSameSeed() {
        Scenario day = even(20).lasting(2 * HOUR);
        ScaleSettings settings = settings(PoolSettings.usual(1, 8, TriggerSettings.Lag.of(50)), NO_BACKFILL);

        assertThat(run(day, settings, 5)).isEqualTo(run(day, settings, 5));
        assertThat(run(day, settings, 5)).isNotEqualTo(run(day, settings, 6));
    }

    @Test
    void comparesSettingsOnTheSameJobs() {
        Scenario day = even(20).lasting(2 * HOUR);

        long few = run(day, settings(PoolSettings.fixed(4), NO_BACKFILL), 5).urgentImages();
        long many = run(day, settings(PoolSettings.fixed(12), NO_BACKFILL), 5).urgentImages();
        assertThat(few).isCloseTo(many, within(20L)).isBetween(140_000L, 148_000L); // some are in flight at the end
    }

    @ParameterizedTest
    @MethodSource("triggers")
    void findsAsManyWorkersAsAnEvenLoadNeeds(TriggerSettings trigger) {
        PoolSettings patient = PoolSettings.usual(1, 12, trigger)
                .withRules(ScalingRules.pods(30, 2, 30), ScalingRules.pods(900, 1, 60));
        DayOutcome outcome = run(even(45).lasting(2 * HOUR), settings(patient, NO_BACKFILL), 1);

        List<Moment> settled = outcome.curve().subList(30, outcome.curve().size());
        assertThat(settled).allSatisfy(moment -> {
            assertThat(moment.urgentReplicas()).isBetween(5, 12);
            assertThat(moment.urgentLag()).isLessThan(45 * 15);
        });
        assertThat(outcome.changes()).isLessThan(80); // of 480 looks
    }

    static List<TriggerSettings> triggers() {
        return List.of(TriggerSettings.Lag.of(10), new TriggerSettings.TimeToClear(1));
    }

    @Test
    void neverHasMoreWorkersThanItMay() {
        PoolSettings greedy = PoolSettings.usual(1, 7, TriggerSettings.Lag.of(1));
        PoolSettings greedyToo = PoolSettings.usual(0, 5, TriggerSettings.Lag.of(1));
        Scenario flood =
                even(100).with(new Scenario.Backfill(0, 1_000_000, 5000)).lasting(HOUR);

        assertThat(run(flood, settings(greedy, greedyToo), 1).mostReplicas()).isEqualTo(12);
    }

    @Test
    void refusesMoreWorkersThanPartitions() {
        ScaleSettings tooMany = settings(PoolSettings.fixed(7), PoolSettings.fixed(6));

        assertThatThrownBy(() -> run(even(1), tooMany, 1)).hasMessage("test allows 13 workers for 12 partitions");
    }

    @Test
    void scalesOnlyTheBackfillPoolToNone() {
        PoolSettings urgent = PoolSettings.usual(2, 6, TriggerSettings.Lag.of(50));
        PoolSettings backfill = PoolSettings.usual(0, 6, TriggerSettings.Lag.of(50));
        Scenario quiet = even(0).with(new Scenario.Backfill(HOUR, 20_000, 5000)).lasting(4 * HOUR);
        DayOutcome outcome = run(quiet, settings(urgent, backfill), 1);

        assertThat(outcome.curve())
                .allSatisfy(moment -> assertThat(moment.urgentReplicas()).isEqualTo(2));
        assertThat(backfillAt(outcome, 0.9 * HOUR)).isZero();
        assertThat(backfillAt(outcome, 1.1 * HOUR)).isPositive();
        assertThat(backfillAt(outcome, 3.9 * HOUR)).isZero();
        assertThat(outcome.backfillSeconds().orElseThrow()).isBetween(20_000 / 80.0, HOUR);
        assertThat(outcome.backfillLeft()).isZero();
    }

    @Test
    void doesNotWakeTheBackfillPoolForLessThanItsActivation() {
        PoolSettings urgent = PoolSettings.fixed(1);
        PoolSettings sleepy =
                PoolSettings.usual(0, 6, TriggerSettings.Lag.of(50).activeAbove(100));
        Scenario few = even(0).with(new Scenario.Backfill(60, 100, 5000)).lasting(HOUR);
        DayOutcome outcome = run(few, settings(urgent, sleepy), 1);

        assertThat(outcome.backfillPodHours()).isZero();
        assertThat(outcome.backfillLeft()).isZero();
    }

    @Test
    void answersWhatSendersHaveKeptAfterAnOutage() {
        Scenario away = even(15).with(new Scenario.Outage(HOUR, 1.25 * HOUR)).lasting(3 * HOUR);
        PoolSettings lagDriven = PoolSettings.usual(2, 12, TriggerSettings.Lag.of(50));
        DayOutcome outcome = run(away, settings(lagDriven, NO_BACKFILL), 1);

        // 13500 jobs were kept; twelve workers have 105 images a second to spare beside the new ones, two have five
        assertThat(outcome.recoverySeconds().orElseThrow()).isBetween(13_500 / 120.0, 900.0);
        assertThat(outcome.worst()).isGreaterThan(0.25 * HOUR);
        assertThat(outcome.curve().get(outcome.curve().size() - 1).urgentLag()).isLessThan(200);
    }

    @Test
    void growsForTheReturnOfTheBrokerWhereAFallbackSaysSo() {
        Scenario away = even(15).with(new Scenario.Outage(HOUR, 1.25 * HOUR)).lasting(2 * HOUR);
        PoolSettings still = PoolSettings.usual(2, 12, TriggerSettings.Lag.of(50));
        PoolSettings ready = still.withFallback(new PoolSettings.Fallback(3, 12, true));
        DayOutcome without = run(away, settings(still, NO_BACKFILL), 1);
        DayOutcome with = run(away, settings(ready, NO_BACKFILL), 1);

        assertThat(urgentAt(without, 1.2 * HOUR)).isEqualTo(urgentAt(without, HOUR - 60));
        assertThat(urgentAt(with, 1.2 * HOUR)).isEqualTo(12);
        assertThat(with.recoverySeconds().getAsDouble())
                .isLessThan(without.recoverySeconds().getAsDouble());
    }

    @Test
    void keepsUrgentJobsFreeOfTheBackfillBesideThem() {
        PoolSettings fixed = PoolSettings.fixed(4);
        Scenario alone = even(20).lasting(2 * HOUR);
        Scenario crowded = alone.with(new Scenario.Backfill(0, 1_000_000, 5000));
        double undisturbed = run(alone, settings(fixed, NO_BACKFILL), 1).p95();
        double disturbed = run(crowded, settings(fixed, NO_BACKFILL), 1).p95();

        assertThat(disturbed).isLessThan(undisturbed + 2 * 0.1); // a batch that runs cannot be stopped
    }

    private static int urgentAt(DayOutcome outcome, double second) {
        return outcome.curve().get((int) (second / 60)).urgentReplicas();
    }

    private static int backfillAt(DayOutcome outcome, double second) {
        return outcome.curve().get((int) (second / 60)).backfillReplicas();
    }

    private static Scenario even(double perSecond) {
        return new Scenario(
                "even",
                perSecond * Scenario.DAY,
                DayProfile.even(),
                1,
                10,
                Optional.empty(),
                Optional.empty(),
                Scenario.DAY);
    }

    private static ScaleSettings settings(PoolSettings urgent, PoolSettings backfill) {
        return new ScaleSettings("test", "a test", Layout.BACKFILL_APART, urgent, backfill);
    }

    private static DayOutcome run(Scenario scenario, ScaleSettings settings, long seed) {
        return Simulation.run(FACTS, TIMES, scenario, settings, seed, share -> {});
    }
}
