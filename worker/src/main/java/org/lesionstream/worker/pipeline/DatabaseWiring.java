package org.lesionstream.worker.pipeline;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.lesionstream.worker.persist.CaseQueries;
import org.lesionstream.worker.persist.CaseTimeouts;
import org.lesionstream.worker.persist.CheckpointComparison;
import org.lesionstream.worker.persist.CheckpointMirror;
import org.lesionstream.worker.persist.CheckpointQueries;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.DeadLetterReplays;
import org.lesionstream.worker.persist.JobPages;
import org.lesionstream.worker.persist.JobQueries;
import org.lesionstream.worker.persist.LesionExport;
import org.lesionstream.worker.persist.SinkQueue;
import org.lesionstream.worker.persist.SourceQueries;

/** Lends the one pool of connections to whoever asks the database; {@link WorkerWiring} does so for the store of results. */
@Singleton
public class DatabaseWiring {

    private final DataSource database;

    DatabaseWiring(DataSource database) {
        this.database = database;
    }

    @Produces
    @Singleton
    CaseQueries cases() {
        return new CaseQueries(database);
    }

    @Produces
    @Singleton
    JobQueries jobs() {
        return new JobQueries(database);
    }

    @Produces
    @Singleton
    JobPages jobPages() {
        return new JobPages(database);
    }

    @Produces
    @Singleton
    CheckpointQueries checkpoints() {
        return new CheckpointQueries(database);
    }

    @Produces
    @Singleton
    CheckpointComparison comparison() {
        return new CheckpointComparison(database);
    }

    @Produces
    @Singleton
    CheckpointMirror checkpointMirror() {
        return new CheckpointMirror(database);
    }

    @Produces
    @Singleton
    LesionExport lesionExport() {
        return new LesionExport(database);
    }

    @Produces
    @Singleton
    SourceQueries sources() {
        return new SourceQueries(database);
    }

    @Produces
    @Singleton
    CaseTimeouts caseTimeouts() {
        return new CaseTimeouts(database);
    }

    @Produces
    @Singleton
    SinkQueue sinkQueue() {
        return new SinkQueue(database);
    }

    @Produces
    @Singleton
    DeadLetterQueries deadLetters() {
        return new DeadLetterQueries(database);
    }

    @Produces
    @Singleton
    DeadLetterReplays replays() {
        return new DeadLetterReplays(database);
    }
}
