package org.lesionstream.local.scale.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.local.traffic.JobLane;

/** A partition of a lane's topic with what is on it, and the worker that owns it. */
final class Partition {

    private final JobLane lane;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<Attempt> open = new LinkedHashSet<>();
    private Optional<SimulatedWorker> owner = Optional.empty();
    private long end;
    private long finished;

    Partition(JobLane lane) {
        this.lane = lane;
    }

    JobLane lane() {
        return lane;
    }

    Optional<SimulatedWorker> owner() {
        return owner;
    }

    void publish(Job job) {
        waiting.add(job);
        end++;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The next job, which is open from now on. */
    Attempt take() {
        Attempt attempt = new Attempt(waiting.remove(), this);
        open.add(attempt);
        return attempt;
    }

    /** The owner has answered a job. */
    void finish(Attempt attempt) {
        if (!open.remove(attempt)) {
            throw new IllegalStateException("only an open attempt can be finished");
        }
        finished++;
    }

    void assign(SimulatedWorker worker) {
        owner = Optional.of(worker);
    }

    /** Nobody owns it from now on; what is open waits for the next owner, in its order. Returns how many jobs that are. */
    int revoke() {
        owner = Optional.empty();
        List<Attempt> again = new ArrayList<>(open);
        open.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            again.get(i).revoke();
            waiting.addFirst(again.get(i).job());
        }
        return again.size();
    }

    /** Jobs that are not answered, as the group's offsets tell it: polled ones count. */
    long lag() {
        return end - finished;
    }

    /** How many were answered; stands for the committed offset. */
    long finished() {
        return finished;
    }

    /** Jobs that are not answered, oldest first. */
    List<Job> unanswered() {
        List<Job> jobs = new ArrayList<>();
        open.forEach(attempt -> jobs.add(attempt.job()));
        jobs.addAll(waiting);
        return jobs;
    }
}
