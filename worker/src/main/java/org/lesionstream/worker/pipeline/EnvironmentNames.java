package org.lesionstream.worker.pipeline;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
            known.addAll(names(groupName, group.getReturnType()));
        }
        return environment.stream()
                .filter(name -> groups.stream().anyMatch(name::startsWith))
                .filter(name -> !known.contains(name))
                .sorted()
                .toList();
    }

    /** The settings of a group, and of the groups in it. */
    private static Set<String> names(String prefix, Class<?> group) {
        Set<String> names = new TreeSet<>();
        for (Method setting : group.getMethods()) {
            String name = prefix + words(setting);
            Class<?> type = setting.getReturnType();
            boolean isGroup = WorkerConfig.class.equals(type.getEnclosingClass());
            names.addAll(isGroup ? names(name + "_", type) : Set.of(name));
        }
        return names;
    }

    /** {@code maxDelay} as {@code MAX_DELAY}. */
    private static String words(Method method) {
        return method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
