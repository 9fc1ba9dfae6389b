package org.lesionstream.worker.pipeline;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Finds environment variables that look like settings of the worker and are none.
 *
 * <p>An unknown key in a file stops the start by itself; environment variables are the documented way, and for them a misspelt
 * name would otherwise be passed over in silence.
 */
final class EnvironmentNames {
    private static final String PREFIX = "LESIONSTREAM_";

    private EnvironmentNames() {}

    /** Names that begin like a group of {@link WorkerConfig} and are not among its settings, in order. */
    static List<String> unknown(Collection<String> environment) {
        Collection<String> known = new TreeSet<>();
        Collection<String> groups = new TreeSet<>();
        for (Method group : WorkerConfig.class.getMethods()) {
            String groupName = PREFIX + words(group) + "_";
            groups.add(groupName);
            for (Method setting : group.getReturnType().getMethods()) {
                known.add(groupName + words(setting));
            }
        }
        return environment.stream()
                .filter(name -> groups.stream().anyMatch(name::startsWith))
                .filter(name -> !known.contains(name))
                .sorted()
                .toList();
    }

    /** {@code maxDelay} as {@code MAX_DELAY}. */
    private static String words(Method method) {
        return method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
