package org.lesionstream.worker.command;

import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the database is; the defaults come from the environment of the worker, and the password from nowhere else. */
final class DatabaseOptions {
    /** As the worker's own. */
    private static final int SOCKET_SECONDS = 20;

    private static final int CONNECT_SECONDS = 5;

    @Option(
            names = "--jdbc-url",
            required = true,
            paramLabel = "URL",
            defaultValue = "${env:QUARKUS_DATASOURCE_JDBC_URL}",
            description = "The database. Default: QUARKUS_DATASOURCE_JDBC_URL")
    private String jdbcUrl;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "${env:QUARKUS_DATASOURCE_USERNAME}",
            description = "Its user. Default: QUARKUS_DATASOURCE_USERNAME; the password is QUARKUS_DATASOURCE_PASSWORD")
    private Optional<String> user = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    /** For short questions: a frozen database looks like an absent one. Opens a new connection at every call. */
    PGSimpleDataSource impatientSource() {
        PGSimpleDataSource source = source();
        source.setSocketTimeout(SOCKET_SECONDS);
        return source;
    }

    /**
     * Waits for an answer as long as it takes. Opens a new connection at every call.
     *
     * @throws ParameterException if the URL is none of PostgreSQL
     */
    PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(CONNECT_SECONDS);
        try {
            source.setURL(jdbcUrl);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(mixee.commandLine(), "--jdbc-url must begin with jdbc:postgresql:", notOne);
        }
        user.ifPresent(source::setUser);
        Optional.ofNullable(System.getenv("QUARKUS_DATASOURCE_PASSWORD")).ifPresent(source::setPassword);
        return source;
    }
}
