package org.lesionstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real PostgreSQL in a process of its own, for tests and for the demo.
 *
 * <ul>
 *   <li>Data, port and log lie in one folder: started again on that folder it is the same database under the same address.
 *   <li>A committed transaction is on the disk ({@code fsync} and {@code synchronous_commit} are on), so it survives {@link #kill()}.
 *   <li>It listens on the loopback interface only and trusts whoever comes from there, unless it is told to ask.
 *   <li>It ends with this JVM, unless the JVM is killed outright.
 *   <li>Not for concurrent use: one thread starts, stops and closes it; connections may come from anywhere.
 * </ul>
 */
public final class LocalDatabase implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private final Path binaries;
    private final ServerUser serverUser;
    private final Optional<DatabaseSecurity> security;
    private ChildProcess server;

    private LocalDatabase(
            Path folder, int port, Path binaries, ServerUser serverUser, Optional<DatabaseSecurity> security) {
        this.folder = folder;
        this.port = port;
        this.binaries = binaries;
        this.serverUser = serverUser;
        this.security = security;
    }

    /**
     * Starts a PostgreSQL that keeps everything in {@code folder}, which is made if it is absent.
     *
     * @return the database, ready for connections
     * @throws IllegalStateException when it does not start; the message holds the end of its log
     */
    public static LocalDatabase start(Path folder) {
        return start(folder, ServerUser.detect());
    }

    /** The same for clients that must come by TLS and with a password; {@link #jdbcUrl()} says how. */
    public static LocalDatabase startSecured(Path folder, DatabaseSecurity security) {
        return start(folder, ServerUser.detect(), Optional.of(security));
    }

    static LocalDatabase start(Path folder, ServerUser serverUser) {
        return start(folder, serverUser, Optional.empty());
    }

    private static LocalDatabase start(Path folder, ServerUser serverUser, Optional<DatabaseSecurity> security) {
        Path home = folder.toAbsolutePath();
        try {
            Files.createDirectories(home);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make the database's folder " + home, failure);
        }
        int port = FreePorts.remembered(home.resolve("ports"), 1).get(0);
        LocalDatabase database = new LocalDatabase(home, port, PostgresBinaries.unpacked(), serverUser, security);
        database.restart();
        return database;
    }

    /** The address for JDBC; it stays the same over restarts. */
    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    /** The same database by way of another port of this machine. */
    public String jdbcUrl(int by) {
        return "jdbc:postgresql://localhost:" + by + "/postgres"
                + security.map(DatabaseSecurity::parameters).orElse("");
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The superuser, owner of the database. */
    public String user() {
        return SUPERUSER;
    }

    /** The superuser's; where nobody is asked, this one is as good as others. */
    public String password() {
        return security.map(DatabaseSecurity::password).orElse(SUPERUSER);
    }

    /** A new connection, the caller's to close. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** Stops the server in order if it runs: open transactions are rolled back, the data stay. */
    public void stop() {
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
        end(ChildProcess.Signal.INT);
    }

    /** Stops the server as a crash would: no checkpoint is written, and the next start recovers from the log. */
    public void kill() {
        // SIGQUIT is PostgreSQL's immediate shutdown; SIGKILL would leave its children for a while on the shared
        // memory.
        end(ChildProcess.Signal.QUIT);
    }

    /** Stops the server if it runs, and starts it on the same folder and port. */
    public void restart() {
        stop();
        Path data = folder.resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(data);
        }
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=localhost",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on"));
        security.map(DatabaseSecurity::options).ifPresent(command::addAll);
        server = ChildProcess.start(
                "PostgreSQL",
                new ProcessBuilder(serverUser.command(command)).directory(folder.toFile()),
                folder.resolve("postgres.log"),
                ChildProcess.Signal.INT);
        server.awaitCondition("accepts connections", START_LIMIT, this::acceptsConnections);
    }

    @Override
    public void close() {
        stop();
    }

    private void end(ChildProcess.Signal signal) {
        if (server != null) {
            server.end(signal, STOP_LIMIT);
            server = null;
        }
    }

    private void initialise(Path data) {
        Path passwordFile = folder.resolve("password");
        try {
            Files.createDirectories(data);
            Files.writeString(passwordFile, password());
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make the data folder " + data, failure);
        }
        serverUser.own(data);
        List<String> command = serverUser.command(List.of(
                binaries.resolve("bin/initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                SUPERUSER,
                "--pwfile",
                passwordFile.toString(),
                "-A",
                security.isPresent() ? "scram-sha-256" : "trust",
                "-E",
                "UTF-8",
                "--locale=C.UTF-8"));
        ChildProcess.start(
                        "initdb",
                        new ProcessBuilder(command).directory(folder.toFile()),
                        folder.resolve("initdb.log"),
                        ChildProcess.Signal.KILL)
                .awaitSuccess(START_LIMIT, line -> {});
        security.ifPresent(demands -> secure(demands, data));
    }

    private void secure(DatabaseSecurity demands, Path data) {
        try {
            demands.install(data);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot put the certificate into " + data, failure);
        }
        serverUser.own(data);
    }

    private boolean acceptsConnections() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
