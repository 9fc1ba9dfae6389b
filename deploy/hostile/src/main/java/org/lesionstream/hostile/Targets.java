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

    /** The one of that name. */
    static Target named(String name) {
        return all().filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + name));
    }
}
