package org.lesionstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged worker as a child process: the same jar and the same environment variables as in production.
 *
 * <ul>
 *   <li>Its HTTP port is one that was free, unless the environment names one; its output goes to a log file.
 *   <li>It is running after {@link #start}, and takes jobs after {@link #awaitReady}.
 *   <li>Whatever fails is reported with the end of its log. It ends with this JVM, unless the JVM is killed outright.
 * </ul>
 */
public final class WorkerProcess implements AutoCloseable {

    private static final String PORT_VARIABLE = "QUARKUS_HTTP_PORT";
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    private final ChildProcess process;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();

    private WorkerProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts the worker.
     *
     * @param jar {@code quarkus-run.jar} in its folder
     * @param environment settings of the worker, beside the environment of this process
     * @param log gets the worker's output, appended
     */
    public static WorkerProcess start(Path jar, Map<String, String> environment, Path log) {
        Map<String, String> complete = new HashMap<>(environment);
        complete.computeIfAbsent(PORT_VARIABLE, name -> String.valueOf(freePort()));
        ChildProcess process = ChildProcess.start(
                "The worker", JavaPrograms.ofJar(jar, List.of(), complete), log, ChildProcess.Signal.TERM);
        return new WorkerProcess(process, URI.create("http://localhost:" + complete.get(PORT_VARIABLE)));
    }

    /**
     * Runs one of the worker's commands to its end.
     *
     * @param command its name and options
     * @throws IllegalStateException when it fails; the message holds the end of its log
     */
    public static void run(Path jar, List<String> command, Map<String, String> environment, Path log) {
        ChildProcess.start(
                        "worker " + command.get(0),
                        JavaPrograms.ofJar(jar, command, environment),
                        log,
                        ChildProcess.Signal.TERM)
                .awaitSuccess(COMMAND_LIMIT, line -> {});
    }

    /** The settings that connect a worker to this broker and this database; its HTTP interface is for this machine, and asks nobody who he is. */
    public static Map<String, String> connectedTo(LocalBroker broker, LocalDatabase database) {
        return connectedTo(broker.bootstrapServers(), database.jdbcUrl(), database);
    }

    /**
     * The same by way of other addresses.
     *
     * @param bootstrapServers where the broker answers
     * @param jdbcUrl where the database answers
     */
    public static Map<String, String> connectedTo(String bootstrapServers, String jdbcUrl, LocalDatabase database) {
        return Map.of(
                "LESIONSTREAM_API_AUTHENTICATION",
                "off",
                "QUARKUS_HTTP_HOST",
                "localhost",
                "LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "QUARKUS_DATASOURCE_JDBC_URL",
                jdbcUrl,
                "QUARKUS_DATASOURCE_USERNAME",
                database.user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                database.password());
    }

    /** Where its HTTP interface is, without a path. */
    public URI address() {
        return address;
    }

    /**
     * Waits until the worker says that it is ready.
     *
     * @throws IllegalStateException when it ends first or is not ready in time; the message holds the end of its log
     */
    public void awaitReady(Duration limit) {
        process.awaitCondition("is ready", limit, this::isReady);
    }

    /** Whether the readiness probe answers 200 now. */
    public boolean isReady() {
        HttpRequest probe = HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYetListening) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the worker whether it is ready", interrupted);
        }
    }

    /**
     * Its metrics now, in Prometheus' text format.
     *
     * @throws IllegalStateException when it does not answer; the message holds the end of its log
     */
    public String metrics() {
        HttpRequest question = HttpRequest.newBuilder(address.resolve("/q/metrics"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            return http.send(question, BodyHandlers.ofString()).body();
        } catch (IOException silent) {
            throw new IllegalStateException("The worker does not show its metrics." + logEnd(), silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the worker for its metrics", interrupted);
        }
    }

    /** The value that the metrics show for a series now, such as {@code lesionstream_batches_total{reason="full"}}; NaN if they do not. */
    public double metric(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    /**
     * Waits until a series has come to a value.
     *
     * @throws IllegalStateException when the worker ends first or does not get there in time; the message holds the end of its log
     */
    public void awaitMetric(String series, double least, Duration limit) {
        process.awaitCondition("shows " + series + " of " + least, limit, () -> metric(series) >= least);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The last lines of its log, with the name of the file. */
    public String logEnd() {
        return process.logEnd();
    }

    /**
     * Asks the worker to finish what is in flight and end (SIGTERM), and waits for it.
     *
     * @return the exit status
     * @throws IllegalStateException when it is still running after a minute; it is killed then
     */
    public int stop() {
        return process.end(ChildProcess.Signal.TERM, STOP_LIMIT);
    }

    /** Ends the worker between two instructions (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.end(ChildProcess.Signal.KILL, STOP_LIMIT);
    }

    /** Takes the processor away from the worker (SIGSTOP): it holds its connections and does nothing, until {@link #resume}. */
    public void pause() {
        process.signal(ChildProcess.Signal.STOP);
    }

    /** Lets a paused worker go on (SIGCONT), as if no time had passed. */
    public void resume() {
        process.signal(ChildProcess.Signal.CONT);
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() {
        try {
            return FreePorts.find(1).get(0);
        } catch (IOException failure) {
            throw new UncheckedIOException("No free port for the worker", failure);
        }
    }
}
