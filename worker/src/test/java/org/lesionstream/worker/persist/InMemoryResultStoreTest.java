package org.lesionstream.worker.persist;

/** The test double keeps the promises of a store, so tests that use it mean something. */
class InMemoryResultStoreTest extends ResultStoreContract {
    private final InMemoryResultStore store = new InMemoryResultStore();

    @Override
    ResultStore store() {
        return store;
    }

    @Override
    boolean requestReplay(String jobId) {
        return store.requestReplay(jobId);
    }
}
