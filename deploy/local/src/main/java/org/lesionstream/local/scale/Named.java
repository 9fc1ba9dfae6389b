package org.lesionstream.local.scale;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Picks things by their names. */
final class Named {

    private Named() {}

    /**
     * Those with the names, in the order of the names; all of them where no name is given.
     *
     * @param what they are, for the complaint
     */
    static <T> List<T> chosen(String what, List<String> names, List<T> all, Function<T, String> name) {
        if (names.isEmpty()) {
            return all;
        }
        return names.stream()
                .map(wanted -> find(wanted, all, name)
                        .orElseThrow(() -> new IllegalArgumentException(what + " '" + wanted + "' is none of "
                                + String.join(", ", all.stream().map(name).toList()))))
                .toList();
    }

    private static <T> Optional<T> find(String wanted, List<T> all, Function<T, String> name) {
        return all.stream().filter(each -> name.apply(each).equals(wanted)).findFirst();
    }
}
