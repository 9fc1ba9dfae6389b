package org.lesionstream.worker.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.backfill.BackfillReport.Ending;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.JobFate;
import org.lesionstream.worker.persist.OutcomeKind;

class BackfillRunTest {
    private static final BackfillLimits LIMITS = new BackfillLimits(OptionalDouble.empty(), 100, false, true);
    private static final JobFate DAMAGED = new JobFate(OutcomeKind.DEAD_LETTER, Optional.of("IMAGE_DAMAGED"));

    private final ManualTime time = new ManualTime();
    private final FakeFleet fleet = new FakeFleet(time, Duration.ofMillis(300)).remembering();
    private final ToldStory story = new ToldStory();

    @Test
    void memoryDoesNotGrowWithTheNumberOfEntries() {
        int entries = 200_000;
        FakeFleet forgetful = new FakeFleet(time, Duration.ofMillis(300));
        BackfillLimits limits = new BackfillLimits(OptionalDouble.empty(), 2500, false, true);
        BackfillReport report = run(MadeManifest.pictures(entries), forgetful, limits);
        assertThat(report.ending()).isEqualTo(Ending.FINISHED);
        assertThat(report.counts().segmented()).isEqualTo(entries);
        assertThat(report.good()).isTrue();
        assertThat(forgetful.submitted).isEqualTo(entries);
        assertThat(forgetful.mostOpen).isLessThanOrEqualTo(2500);
        assertThat(forgetful.mostAsked).isLessThanOrEqualTo(2500);
        assertThat(story.mostUnsettled).isLessThanOrEqualTo(2500 + BackfillRun.CHUNK);
    }

    @Test
    void runningItAgainAddsNothing() {
        fleet.ending(
                job -> job.image().uri().orElseThrow().getPath().endsWith("7.png") ? DAMAGED : FakeFleet.SEGMENTED);
        BackfillReport first = run(MadeManifest.pictures(50), fleet, LIMITS);
        BackfillReport second = run(MadeManifest.pictures(60), fleet, LIMITS);
        assertThat(first.counts().segmented()).isEqualTo(45);
        assertThat(first.counts().deadLetters()).containsExactly(Map.entry("IMAGE_DAMAGED", 5L));
        assertThat(first.good()).isFalse();
        assertThat(second.counts().alreadyDone()).isEqualTo(50);
        assertThat(second.counts().submitted()).isEqualTo(10);
        assertThat(second.counts().settled()).isEqualTo(60);
        assertThat(fleet.submitted).isEqualTo(60);
    }

    @Test
    void badLinesAndRepeatedOnesAreCountedAndDoNotStopIt() {
        BackfillReport report = run(MadeManifest.csv("uri", "a.png", "a.png", "\"", "b.png"), fleet, LIMITS);
        assertThat(report.counts().seen()).isEqualTo(4);
        assertThat(report.counts().refused()).isEqualTo(1);
        assertThat(report.counts().segmented()).isEqualTo(3);
        assertThat(report.counts().submitted()).isEqualTo(2);
        assertThat(report.good()).isFalse();
        assertThat(story.lines).containsExactly("4: a quoted field does not end on its line");
    }

    @Test
    void aStrictRunEndsAtTheFirstBadLine() {
        BackfillLimits strict = new BackfillLimits(OptionalDouble.empty(), 100, true, true);
        BackfillReport report = run(MadeManifest.csv("uri", "\"", "b.png", "\""), fleet, strict);
        assertThat(report.ending()).isEqualTo(Ending.REFUSED);
        assertThat(story.lines).hasSize(1);
        assertThat(fleet.submitted).isZero();
    }

    @Test
    void keepsToTheRate() {
        BackfillLimits slow = new BackfillLimits(OptionalDouble.of(20), 1000, false, true);
        run(MadeManifest.pictures(200), fleet, slow);
        assertThat(fleet.submittedAt.get(fleet.submittedAt.size() - 1)).isBetween(9.8, 10.1);
        assertThat(fleet.submissions).allMatch(jobs -> jobs <= 2);
    }

    @Test
    void keepsToItsShareWhenTheFleetIsSlow() {
        BackfillLimits small = new BackfillLimits(OptionalDouble.empty(), 7, false, true);
        BackfillReport report = run(MadeManifest.pictures(100), new FakeFleet(time, Duration.ofSeconds(5)), small);
        assertThat(report.counts().segmented()).isEqualTo(100);
        assertThat(time.seconds()).isBetween(75.0, 90.0); // 15 rounds of 5 s
    }

    @Test
    void holdsWhilePausedAndStillCountsOutcomes() {
        BackfillLimits slow = new BackfillLimits(OptionalDouble.of(10), 100, false, true);
        fleet.wish =
                seconds -> Optional.of(seconds >= 2 && seconds < 60 ? BackfillState.PAUSED : BackfillState.RUNNING);
        BackfillReport report = run(MadeManifest.pictures(100), fleet, slow);
        assertThat(report.counts().segmented()).isEqualTo(100);
        assertThat(fleet.submittedAt).noneMatch(seconds -> seconds > 3 && seconds < 60);
        assertThat(story.lines).containsExactly("paused", "running");
    }

    @Test
    void waitsForADatabaseThatIsAwayAndGoesOn() {
        fleet.databaseAway = seconds -> seconds > 1 && seconds < 100;
        BackfillLimits slow = new BackfillLimits(OptionalDouble.of(10), 100, false, true);
        BackfillReport report = run(MadeManifest.pictures(100), fleet, slow);
        assertThat(report.good()).isTrue();
        assertThat(story.lines).startsWith("away DATABASE_UNAVAILABLE").endsWith("back DATABASE_UNAVAILABLE");
    }

    @Test
    void waitsForABrokerThatIsAwayAndGoesOn() {
        fleet.brokerAway = seconds -> seconds < 100;
        BackfillReport report = run(MadeManifest.csv("uri", "a.png", "b.png", "a.png"), fleet, LIMITS);
        assertThat(report.good()).isTrue();
        assertThat(report.counts().submitted()).isEqualTo(2);
        assertThat(report.counts().segmented()).isEqualTo(3);
        assertThat(story.lines).startsWith("away BROKER_UNAVAILABLE").endsWith("back BROKER_UNAVAILABLE");
    }

    @Test
    void endsWhenSomebodyWishesItAlsoWhileTheDatabaseIsAway() {
        ManualTime brief = new ManualTime(Duration.ofSeconds(30));
        FakeFleet away = new FakeFleet(brief, Duration.ofSeconds(1));
        away.databaseAway = seconds -> seconds > 5;
        BackfillRun run = new BackfillRun(
                MadeManifest.pictures(1000),
                away,
                new BackfillLimits(OptionalDouble.of(10), 100, false, true),
                story,
                brief,
                backoff());
        assertThat(run.run().ending()).isEqualTo(Ending.STOPPED);
        assertThat(brief.seconds()).isLessThan(60);
    }

    @Test
    void leavesTheNameToWhoeverTookIt() {
        fleet.wish = seconds -> seconds > 3 ? Optional.empty() : Optional.of(BackfillState.RUNNING);
        BackfillLimits slow = new BackfillLimits(OptionalDouble.of(10), 100, false, true);
        assertThat(run(MadeManifest.pictures(100), fleet, slow).ending()).isEqualTo(Ending.TAKEN_OVER);
        assertThat(fleet.submitted).isLessThan(50);
    }

    @Test
    void withoutWaitingItEndsWithTheLastSubmission() {
        BackfillLimits fast = new BackfillLimits(OptionalDouble.empty(), 100, false, false);
        BackfillReport report = run(MadeManifest.pictures(40), new FakeFleet(time, Duration.ofDays(2)), fast);
        assertThat(report.ending()).isEqualTo(Ending.FINISHED);
        assertThat(report.unanswered()).isEqualTo(40);
        assertThat(time.seconds()).isLessThan(1);
    }

    @Test
    void aFaultOfTheProgramIsNotTriedAgain() {
        fleet.fault = Optional.of(FailureCode.INTERNAL_ERROR);
        assertThatThrownBy(() -> run(MadeManifest.pictures(1), fleet, LIMITS))
                .isInstanceOf(SegmentationException.class);
    }

    private BackfillReport run(EntrySource source, Fleet with, BackfillLimits limits) {
        return new BackfillRun(source, with, limits, story, time, backoff()).run();
    }

    private static RetryBackoff backoff() {
        return new RetryBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), new Random(1));
    }
}
