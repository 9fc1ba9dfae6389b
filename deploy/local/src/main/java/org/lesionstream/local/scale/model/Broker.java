package org.lesionstream.local.scale.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lesionstream.local.traffic.JobLane;

/** The topics of both lanes. While it is away senders keep their jobs, and send them when it is back. */
final class Broker {

    private final Map<JobLane, List<Partition>> topics = new EnumMap<>(JobLane.class);
    private final List<Runnable> kept = new ArrayList<>();
    private boolean up = true;

    Broker(int partitions) {
        for (JobLane lane : JobLane.values()) {
            List<Partition> topic = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                topic.add(new Partition(lane));
            }
            topics.put(lane, List.copyOf(topic));
        }
    }

    List<Partition> topic(JobLane lane) {
        return topics.get(lane);
    }

    boolean isUp() {
        return up;
    }

    /** Publishes jobs on the partition that their case belongs to, and wakes its owner. */
    void publish(List<Job> jobs, int partition) {
        if (jobs.isEmpty()) {
            return;
        }
        if (!up) {
            kept.add(() -> publish(jobs, partition));
            return;
        }
        Partition place = topics.get(jobs.get(0).lane()).get(partition);
        jobs.forEach(place::publish);
        place.owner().ifPresent(SimulatedWorker::work);
    }

    void goAway() {
        up = false;
    }

    /** Takes what the senders have kept, then lets the owners go on. */
    void comeBack() {
        up = true;
        List<Runnable> senders = List.copyOf(kept);
        kept.clear();
        senders.forEach(Runnable::run);
        forEachPartition(partition -> partition.owner().ifPresent(SimulatedWorker::work));
    }

    /** Jobs of a lane that are not answered. */
    long lag(JobLane lane) {
        return topics.get(lane).stream().mapToLong(Partition::lag).sum();
    }

    /** Jobs of a lane that are not answered, those that the senders still keep left out. */
    List<Job> unanswered(JobLane lane) {
        return topics.get(lane).stream()
                .flatMap(partition -> partition.unanswered().stream())
                .toList();
    }

    private void forEachPartition(Consumer<Partition> action) {
        topics.values().forEach(topic -> topic.forEach(action));
    }
}
