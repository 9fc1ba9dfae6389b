package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The table {@code backfill}: who runs which backfill, how far it is, and what an operator wants of it.
 *
 * <ul>
 *   <li>A name belongs to one program at a time. One that wrote nothing for {@link #SILENCE_LIMIT} has lost it to whoever
 *       asks next, and is told so at its next beat.
 *   <li>No outcome rests on this table: it can be emptied, and backfills that are run again find what is done.
 *   <li>Thread-safe; throws as {@link ResultStore} does.
 * </ul>
 */
public final class Backfills {
    /** More than a program needs for one beat, a broker that does not answer included. */
    public static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    private static final String CLAIM = """
            INSERT INTO backfill (name, checkpoint, source, state, run, total) VALUES (?, ?, ?, 'running', ?, ?)
            ON CONFLICT (name) DO UPDATE
               SET source = excluded.source, state = 'running', run = excluded.run, total = excluded.total,
                   seen = 0, submitted = 0, already_done = 0, refused = 0, segmented = 0, expanded = 0, dead_letters = '{}',
                   started_at = now(), heartbeat_at = now(), ended_at = NULL
             WHERE backfill.checkpoint = excluded.checkpoint
               AND (backfill.ended_at IS NOT NULL OR backfill.heartbeat_at < now() - make_interval(secs => ?))
            """;

    private static final String COUNTS = """
            UPDATE backfill
               SET seen = ?, submitted = ?, already_done = ?, refused = ?, segmented = ?, expanded = ?,
                   dead_letters = (SELECT coalesce(jsonb_object_agg(code, number), '{}')
                                     FROM unnest(?::text[], ?::int8[]) AS letters (code, number)),
                   heartbeat_at = now()
            """;

    private static final String OURS = " WHERE name = ? AND run = ? AND ended_at IS NULL RETURNING state";

    private static final String BEAT = COUNTS + OURS;

    private static final String END = COUNTS + ", state = ?, ended_at = now()" + OURS;

    private static final String MOVE = "UPDATE backfill SET state = ? WHERE name = ? AND state = ?";

    private static final String SELECT = """
            SELECT name, checkpoint, source, state, total, seen, submitted, already_done, refused, segmented, expanded, started_at,
                   greatest(0, extract(epoch FROM now() - heartbeat_at))::float8 AS silence, ended_at,
                   ARRAY(SELECT key FROM jsonb_each(dead_letters) ORDER BY key) AS codes,
                   ARRAY(SELECT value::int8 FROM jsonb_each(dead_letters) ORDER BY key) AS numbers
              FROM backfill
            """;

    private static final String NEWEST_FIRST = " ORDER BY started_at DESC, name";

    private final Database database;

    public Backfills(DataSource source) {
        this.database = new Database(source, "backfill");
    }

    /**
     * A program that wants to run a backfill.
     *
     * @param run random mark of the program
     * @param total entries of the source, where they were counted
     */
    public record Claim(String name, String checkpoint, String source, String run, Optional<Long> total) {}

    /**
     * Takes a name, and sets its counts to zero.
     *
     * @return empty if the name is the claimant's now; else the row in the way, which another program is at or which was made
     *     for another checkpoint
     */
    public Optional<BackfillRow> claim(Claim claim) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, CLAIM)) {
                statement.setString(1, claim.name());
                statement.setString(2, claim.checkpoint());
                statement.setString(3, claim.source());
                statement.setString(4, claim.run());
                statement.setObject(5, claim.total().orElse(null));
                statement.setDouble(6, (double) SILENCE_LIMIT.toSeconds());
                return statement.executeUpdate() == 1 ? Optional.empty() : row(connection, claim.name());
            }
        });
    }

    /**
     * Writes how far the backfill is, and reads what the operator wants.
     *
     * @return running or paused; empty if the name belongs to another program now
     */
    public Optional<BackfillState> beat(Claim claim, BackfillCounts counts) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, BEAT)) {
                int next = bind(statement, counts);
                return ours(statement, next, claim);
            }
        });
    }

    /**
     * Ends the run.
     *
     * @param state finished or stopped
     * @return the same; empty if the name belongs to another program now
     */
    public Optional<BackfillState> end(Claim claim, BackfillState state, BackfillCounts counts) {
        if (state.open()) {
            throw new IllegalArgumentException("state must be finished or stopped, was " + state);
        }
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, END)) {
                int next = bind(statement, counts);
                statement.setString(next, state.word());
                return ours(statement, next + 1, claim);
            }
        });
    }

    /** Asks the program that is at it to hold; false if there is none, or it holds already. */
    public boolean pause(String name) {
        return move(name, BackfillState.RUNNING, BackfillState.PAUSED);
    }

    /** Lets a backfill that was paused go on; false if it is not paused. */
    public boolean resume(String name) {
        return move(name, BackfillState.PAUSED, BackfillState.RUNNING);
    }

    /** The backfill of that name. */
    public Optional<BackfillRow> find(String name) {
        return database.inTransaction(connection -> row(connection, name));
    }

    /** All of them, the one that was started last first. */
    public List<BackfillRow> all() {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, SELECT + NEWEST_FIRST);
                    ResultSet rows = statement.executeQuery()) {
                List<BackfillRow> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row(rows));
                }
                return found;
            }
        });
    }

    private boolean move(String name, BackfillState from, BackfillState to) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, MOVE)) {
                statement.setString(1, to.word());
                statement.setString(2, name);
                statement.setString(3, from.word());
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** @return index of the next parameter */
    private static int bind(PreparedStatement statement, BackfillCounts counts) throws SQLException {
        statement.setLong(1, counts.seen());
        statement.setLong(2, counts.submitted());
        statement.setLong(3, counts.alreadyDone());
        statement.setLong(4, counts.refused());
        statement.setLong(5, counts.segmented());
        statement.setLong(6, counts.expanded());
        new RowArrays<>(statement, counts.deadLetters().entrySet(), 6)
                .text(Map.Entry::getKey)
                .bigint(Map.Entry::getValue);
        return 9;
    }

    private static Optional<BackfillState> ours(PreparedStatement statement, int next, Claim claim)
            throws SQLException {
        statement.setString(next, claim.name());
        statement.setString(next + 1, claim.run());
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(BackfillState.ofWord(rows.getString("state"))) : Optional.empty();
        }
    }

    private static Optional<BackfillRow> row(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, SELECT + " WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
        }
    }

    private static BackfillRow row(ResultSet row) throws SQLException {
        return new BackfillRow(
                row.getString("name"),
                row.getString("checkpoint"),
                row.getString("source"),
                BackfillState.ofWord(row.getString("state")),
                Optional.ofNullable(row.getObject("total", Long.class)),
                counts(row),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Duration.ofMillis(Math.round(1000 * row.getDouble("silence"))),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static BackfillCounts counts(ResultSet row) throws SQLException {
        String[] codes = (String[]) row.getArray("codes").getArray();
        Long[] numbers = (Long[]) row.getArray("numbers").getArray();
        TreeMap<String, Long> deadLetters = new TreeMap<>();
        for (int i = 0; i < codes.length; i++) {
            deadLetters.put(codes[i], numbers[i]);
        }
        return new BackfillCounts(
                row.getLong("seen"),
                row.getLong("submitted"),
                row.getLong("already_done"),
                row.getLong("refused"),
                row.getLong("segmented"),
                row.getLong("expanded"),
                deadLetters);
    }
}
