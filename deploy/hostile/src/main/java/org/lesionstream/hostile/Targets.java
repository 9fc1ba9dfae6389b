package org.lesionstream.hostile;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The targets of one package, announced under {@code META-INF/services} of its test resources. */
public interface Targets {

    List<Target> targets();

    /** All targets on the class path: of one module in its tests, of all modules in a fuzz run. */
    static Stream<Target> all() {
        return ServiceLoader.load(Targets.class).stream().flatMap(provider -> provider.get().targets().stream());
    }

    /** The target of that name in the list of that class; other lists are not made. */
    static Target named(String list, String name) {
        return ServiceLoader.load(Targets.class).stream()
                .filter(provider -> provider.type().getName().equals(list))
                .flatMap(provider -> provider.get().targets().stream())
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + name + " in " + list));
    }
}
