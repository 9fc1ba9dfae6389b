package org.lesionstream.worker.api;

/** What a token lets its bearer do, by the names in its claim {@code groups}. No role contains another. */
final class Roles {
    /** Put jobs on Kafka. */
    static final String SUBMIT = "submit";

    /** See jobs, cases, masks, lesions, checkpoints and dead letters. */
    static final String READ = "read";

    /** Send dead letters on their way again. */
    static final String OPERATE = "operate";

    private Roles() {}
}
