package org.lesionstream.worker.persist;

/** How far a case is, in the words of the view {@code case_overview}. */
public enum CaseState {
    /** Some image has no outcome yet, and there is no result. */
    OPEN,
    /** Every image has a mask. */
    COMPLETE,
    /** There is a result, and some image has no mask: it ended as a dead letter, or came to be known after the result. */
    INCOMPLETE
}
