package org.lesionstream.worker.api;

/** Whether callers of the HTTP interface prove who they are. */
public enum Authentication {
    /** Everything below {@code /api} wants a signed token (JWT) with the role for it. */
    BEARER,
    /** Whoever reaches the worker may do everything. For one machine alone, as the local stack is. */
    OFF
}
