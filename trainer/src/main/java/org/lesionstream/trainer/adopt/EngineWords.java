package org.lesionstream.trainer.adopt;

import java.util.List;

/** What the engine says about a failure, without the stack traces that it says with it. */
final class EngineWords {
    private static final String RUNTIME = "RuntimeError: ";

    private EngineWords() {}

    /** One line of the innermost reason: the failing operator's words if the program ran, else the first words of the loader. */
    static String of(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason) {
            reason = reason.getCause();
        }
        List<String> lines = String.valueOf(reason.getMessage())
                .lines()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("Exception raised from"))
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.stream()
                .filter(line -> line.startsWith(RUNTIME))
                .reduce((first, second) -> second)
                .map(line -> line.substring(RUNTIME.length()))
                .or(() -> lines.stream().findFirst())
                .orElseGet(() -> failure.getClass().getSimpleName());
    }
}
