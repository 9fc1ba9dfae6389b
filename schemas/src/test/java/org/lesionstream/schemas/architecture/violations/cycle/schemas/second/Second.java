package org.lesionstream.schemas.architecture.violations.cycle.schemas.second;

import java.util.Optional;
import org.lesionstream.schemas.architecture.violations.cycle.schemas.first.First;

/** Knows First, which knows this. */
public record Second(Optional<First> first) {
    /** Uses it, so that the dependency is in the byte code as well. */
    public int depth() {
        return first.map(First::second).map(Second::depth).orElse(0) + 1;
    }
}
