package org.lesionstream.local.scale.model;

import java.util.PriorityQueue;

/** What is still to happen, in its order; what is due at the same moment happens in the order in which it was planned. Times are in seconds. */
final class Timeline {

    private record Event(double at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private double now;
    private long planned;

    double now() {
        return now;
    }

    /** Plans something; a moment that has passed means now. */
    void at(double moment, Runnable action) {
        if (Double.isNaN(moment)) {
            throw new IllegalArgumentException("moment must be a number");
        }
        events.add(new Event(Math.max(now, moment), planned++, action));
    }

    void after(double seconds, Runnable action) {
        at(now + seconds, action);
    }

    /** Something that happens again and again, from that moment on. */
    void every(double period, double first, Runnable action) {
        at(first, () -> {
            action.run();
            every(period, now + period, action);
        });
    }

    /** Lets happen what is planned up to that moment, which is the time then. */
    void runUntil(double end) {
        while (!events.isEmpty() && events.peek().at <= end) {
            Event next = events.remove();
            now = next.at;
            next.action.run();
        }
        now = end;
    }
}
