package org.lesionstream.schemas.message;

/** Whose fault a failure is, which decides what is done about it. */
public enum FailureType {
    /** The job or its picture is wrong; the same job fails again. */
    INPUT,
    /** Something outside is away for a while; the same job may succeed later. */
    TRANSIENT,
    /** Something in the system itself is wrong. */
    INTERNAL,
    /** The job was not reached before its deadline. */
    EXPIRED
}
