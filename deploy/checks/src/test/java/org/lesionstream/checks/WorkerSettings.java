package org.lesionstream.checks;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lesionstream.worker.pipeline.WorkerConfig;

/** The settings of a worker, read from an environment as the worker reads them. */
public final class WorkerSettings {
    /** Those of Quarkus that our deployments set. */
    private static final Set<String> OF_QUARKUS = Set.of(
            "QUARKUS_DATASOURCE_JDBC_URL",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_DATASOURCE_PASSWORD",
            "QUARKUS_FLYWAY_MIGRATE_AT_START",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            "MP_JWT_VERIFY_ISSUER");

    private WorkerSettings() {}

    /**
     * What the worker makes of its environment.
     *
     * @throws AssertionError if a name is no setting
     * @throws RuntimeException if a value is none that the worker takes, or one is missing
     */
    public static WorkerConfig read(Map<String, String> environment) {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeAll(names());
        if (!unknown.isEmpty()) {
            throw new AssertionError("no settings of the worker: " + unknown);
        }
        return new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(WorkerConfig.class);
    }

    /** The environment variables that a worker knows. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_QUARKUS);
        for (Method group : WorkerConfig.class.getMethods()) {
            for (Method setting : group.getReturnType().getMethods()) {
                names.add("LESIONSTREAM_" + words(group) + "_" + words(setting));
            }
        }
        return names;
    }

    private static String words(Method method) {
        return method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
