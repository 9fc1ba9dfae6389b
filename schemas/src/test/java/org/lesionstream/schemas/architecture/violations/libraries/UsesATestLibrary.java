package org.lesionstream.schemas.architecture.violations.libraries;

import org.assertj.core.api.Assertions;

/** Brings a library along that is not on the list. */
final class UsesATestLibrary {

    private UsesATestLibrary() {}

    static void check(int value) {
        Assertions.assertThat(value).isPositive();
    }
}
