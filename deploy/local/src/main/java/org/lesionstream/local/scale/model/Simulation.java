package org.lesionstream.local.scale.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;
import org.lesionstream.local.traffic.JobLane;

/**
 * A day of a fleet.
 *
 * <ol>
 *   <li>build broker, groups, pools and autoscalers
 *   <li>plan the jobs, the backfill and the outage
 *   <li>let everything happen
 *   <li>say what came of it
 * </ol>
 *
 * <p>Jobs follow from the seed and the scenario alone: settings are compared on the same day.
 */
public final class Simulation {

    private static final double MINUTE = 60;
    private static final double RECOVERY_LOOK = 1;
    private static final double STEP = 900;

    private final FleetFacts facts;
    private final ServiceTimes times;
    private final Scenario scenario;
    private final ScaleSettings settings;
    private final Timeline timeline = new Timeline();
    private final Broker broker;
    private final Recorder recorder = new Recorder(timeline);
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final RateWatch rate;
    private final ConsumerGroup group;
    private final Pool urgent;
    private final Pool backfill;
    private final UrgentFeed feed;
    private final Optional<BackfillFeed> old;
    private final List<DayOutcome.Moment> curve = new ArrayList<>();
    private OptionalDouble recovered = OptionalDouble.empty();
    private int most;

    private Simulation(FleetFacts facts, ServiceTimes times, Scenario scenario, ScaleSettings settings, long seed) {
        this.facts = facts;
        this.times = times;
        this.scenario = scenario;
        this.settings = settings;
        SplittableRandom seeds = new SplittableRandom(seed);
        RandomGenerator urgentChance = seeds.split();
        RandomGenerator backfillChance = seeds.split();
        RandomGenerator fleetChance = seeds.split();
        this.broker = new Broker(facts.partitions());
        this.rate = new RateWatch(
                () -> recorder.answered(JobLane.URGENT) + recorder.answered(JobLane.BACKFILL),
                () -> workers.stream().mapToDouble(SimulatedWorker::busySeconds).sum());
        this.group = new ConsumerGroup(timeline, fleetChance, facts.heartbeatSeconds(), broker);
        this.urgent = pool(fleetChance, settings.layout().ofUrgentPool());
        this.backfill = pool(fleetChance, settings.layout().ofBackfillPool());
        this.feed = new UrgentFeed(timeline, broker, urgentChance, scenario, times.tilesPerImage());
        this.old = scenario.backfill()
                .map(images -> new BackfillFeed(
                        timeline,
                        broker,
                        backfillChance,
                        images,
                        times.tilesPerImage(),
                        () -> recorder.answered(JobLane.BACKFILL)));
    }

    /**
     * Lets a day pass.
     *
     * @param progress hears now and then which share of it has
     * @throws IllegalArgumentException if there may be more workers than partitions: some of them would do nothing
     */
    public static DayOutcome run(
            FleetFacts facts,
            ServiceTimes times,
            Scenario scenario,
            ScaleSettings settings,
            long seed,
            DoubleConsumer progress) {
        if (settings.mostReplicas() > facts.partitions()) {
            throw new IllegalArgumentException(settings.name() + " allows " + settings.mostReplicas() + " workers for "
                    + facts.partitions() + " partitions");
        }
        return new Simulation(facts, times, scenario, settings, seed).run(progress);
    }

    private DayOutcome run(DoubleConsumer progress) {
        urgent.begin(settings.urgent().minReplicaCount());
        backfill.begin(settings.backfill().minReplicaCount());
        autoscale();
        rate.start(timeline);
        feed.start();
        old.ifPresent(BackfillFeed::start);
        scenario.outage().ifPresent(this::plan);
        timeline.every(MINUTE, 0, this::look);
        for (double now = STEP; now < scenario.seconds(); now += STEP) {
            timeline.runUntil(now);
            progress.accept(now / scenario.seconds());
        }
        timeline.runUntil(scenario.seconds());
        return outcome();
    }

    private Pool pool(RandomGenerator random, Set<JobLane> lanes) {
        return new Pool(timeline, facts, random, this::worker, group, lanes);
    }

    private SimulatedWorker worker() {
        SimulatedWorker worker = new SimulatedWorker(timeline, times, facts.maxInFlight(), broker, recorder);
        workers.add(worker);
        return worker;
    }

    private void autoscale() {
        List<Trigger> ofUrgent = triggers(settings.urgent(), JobLane.URGENT);
        List<Trigger> ofBackfill = triggers(settings.backfill(), JobLane.BACKFILL);
        if (settings.layout() == Layout.ONE_POOL) {
            List<Trigger> both = new ArrayList<>(ofUrgent);
            both.addAll(ofBackfill);
            autoscale(settings.urgent(), urgent, both, 0.3);
        } else {
            autoscale(settings.urgent(), urgent, ofUrgent, 0.3);
            autoscale(settings.backfill(), backfill, ofBackfill, 0.8);
        }
    }

    private void autoscale(PoolSettings told, Pool pool, List<Trigger> triggers, double phase) {
        if (!triggers.isEmpty()) {
            new Autoscaler(timeline, told, pool, triggers).start(facts.syncSeconds(), phase);
        }
    }

    private List<Trigger> triggers(PoolSettings told, JobLane lane) {
        return told.trigger().map(trigger -> trigger(trigger, lane)).stream().toList();
    }

    private Trigger trigger(TriggerSettings told, JobLane lane) {
        if (told instanceof TriggerSettings.Lag lag) {
            return new LagTrigger(lag, broker, lane);
        }
        return new TimeToClearTrigger((TriggerSettings.TimeToClear) told, broker, lane, rate::imagesPerSecond);
    }

    private void plan(Scenario.Outage outage) {
        timeline.at(outage.from(), broker::goAway);
        timeline.at(outage.to(), () -> {
            broker.comeBack();
            watchRecovery(feed.sent());
        });
    }

    private void watchRecovery(long wanted) {
        if (recorder.answered(JobLane.URGENT) >= wanted) {
            recovered = OptionalDouble.of(
                    timeline.now() - scenario.outage().orElseThrow().to());
        } else {
            timeline.after(RECOVERY_LOOK, () -> watchRecovery(wanted));
        }
    }

    private void look() {
        most = Math.max(most, urgent.replicas() + backfill.replicas());
        curve.add(new DayOutcome.Moment(
                timeline.now(),
                urgent.replicas(),
                backfill.replicas(),
                urgent.ready() + backfill.ready(),
                broker.lag(JobLane.URGENT),
                broker.lag(JobLane.BACKFILL)));
    }

    private DayOutcome outcome() {
        double[] latencies = recorder.urgentLatencies();
        double deadline = scenario.deadlineSeconds();
        long late = latencies.length - countUpTo(latencies, deadline);
        long overdue = broker.unanswered(JobLane.URGENT).stream()
                .filter(job -> timeline.now() - job.wantedAt() > deadline)
                .count();
        long judged = latencies.length + overdue;
        double hours = 1 / 3600.0;
        return new DayOutcome(
                judged,
                judged == 0 ? 0 : (double) (late + overdue) / judged,
                Recorder.percentile(latencies, 50),
                Recorder.percentile(latencies, 95),
                Recorder.percentile(latencies, 99),
                Recorder.percentile(latencies, 100),
                urgent.podSeconds() * hours,
                backfill.podSeconds() * hours,
                most,
                (urgent.podSeconds() + backfill.podSeconds()) / scenario.seconds(),
                urgent.changes() + backfill.changes(),
                group.rebalances(),
                group.moves(),
                group.takenAgain(),
                backfillSeconds(),
                scenario.backfill().map(Scenario.Backfill::images).orElse(0L) - recorder.answered(JobLane.BACKFILL),
                recovered,
                curve);
    }

    private OptionalDouble backfillSeconds() {
        OptionalDouble end = old.map(BackfillFeed::endedAt).orElse(OptionalDouble.empty());
        return end.isPresent()
                ? OptionalDouble.of(
                        end.getAsDouble() - scenario.backfill().orElseThrow().at())
                : end;
    }

    private static long countUpTo(double[] ascending, double limit) {
        int count = 0;
        while (count < ascending.length && ascending[count] <= limit) {
            count++;
        }
        return count;
    }
}
