package org.lesionstream.worker.persist;

/** How far a case is, in the words of the view {@code case_overview}. */
public enum CaseState {
    /** Some image has no outcome yet, and there is no result. */
    OPEN,
    /** Every image has an outcome, be it a dead letter; the result lists those without a mask. */
    COMPLETE,
    /** There is a result, and some image has no outcome: the case turned out to have more images than were known. */
    INCOMPLETE
}
