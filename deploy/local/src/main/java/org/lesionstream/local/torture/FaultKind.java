package org.lesionstream.local.torture;

import java.util.Locale;

/** What can go wrong in a hospital, and does here. */
public enum FaultKind {
    /** SIGKILL of a worker: it ends between two instructions, another takes its place. */
    KILL_WORKER,
    /** SIGSTOP of a worker, often until the group has given its partitions away, then SIGCONT: it still believes that they are its own. */
    PAUSE_WORKER,
    /** A worker ends just before it stores a batch. */
    HALT_BEFORE_PERSIST,
    /** A worker ends when a batch is stored and nobody is answered yet. */
    HALT_AFTER_PERSIST,
    /** The same, when the leave to commit is in hand. */
    HALT_BEFORE_PUBLISH,
    /** A worker ends when a batch is answered, before it takes note of that. */
    HALT_AFTER_PUBLISH,
    /** Another number of workers, from one to four. */
    SCALE,
    /** The broker stops in order and comes back. */
    RESTART_BROKER,
    /** PostgreSQL stops in order and comes back. */
    RESTART_DATABASE,
    /** PostgreSQL crashes and recovers from its log. */
    CRASH_DATABASE,
    /** PostgreSQL stores no outcome for want of disk space, and answers everything else. */
    DISK_FULL,
    /** PostgreSQL ends the connections of the workers and has no other to give. */
    EXHAUST_CONNECTIONS,
    /** All connections between workers and broker break, and new ones are refused for a while. */
    CUT_BROKER,
    /** The same between workers and database. */
    CUT_DATABASE,
    /** Every packet between workers and broker comes late. */
    SLOW_BROKER,
    /** The same between workers and database. */
    SLOW_DATABASE,
    /** The alias that most jobs ask for moves to the other version. */
    PROMOTE,
    /** A new version appears whose model file is half as long as its manifest says. */
    DROP_TRUNCATED_CHECKPOINT;

    /** Whether a worker ends by itself at a point of its path. */
    boolean halts() {
        return this == HALT_BEFORE_PERSIST
                || this == HALT_AFTER_PERSIST
                || this == HALT_BEFORE_PUBLISH
                || this == HALT_AFTER_PUBLISH;
    }

    /** As it is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
