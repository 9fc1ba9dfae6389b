package org.lesionstream.worker.persist;

/** How far a case is. */
public enum CaseState {
    /** Some image has no outcome yet. */
    OPEN,
    /** Every image has a mask. */
    COMPLETE,
    /** Every image has an outcome, and some of them are dead letters. */
    INCOMPLETE
}
