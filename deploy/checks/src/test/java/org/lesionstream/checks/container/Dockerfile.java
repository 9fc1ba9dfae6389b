package org.lesionstream.checks.container;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionstream.checks.Project;

/**
 * A Dockerfile as its instructions, one a line, continued lines joined.
 *
 * @param image name of the image, without {@code lesionstream/}
 */
record Dockerfile(String image, List<String> instructions) {
    static final List<String> IMAGES = List.of("worker", "worker-cpu", "trainer");

    private static final Pattern CONTINUED = Pattern.compile("\\\\\\R");

    static Dockerfile of(String image) {
        String text = Stream.of(Project.text("deploy/container/" + image + ".Dockerfile")
                        .split("\\R"))
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .reduce("", (before, line) -> before + line + "\n");
        List<String> instructions = Stream.of(
                        CONTINUED.matcher(text).replaceAll(" ").split("\n"))
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();
        return new Dockerfile(image, instructions);
    }

    /** What follows the instruction, each time it is there. */
    List<String> all(String instruction) {
        return instructions.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    /** What follows the instruction, which must be there once. */
    String only(String instruction) {
        List<String> all = all(instruction);
        if (all.size() != 1) {
            throw new AssertionError(image + ".Dockerfile has " + all.size() + " lines " + instruction);
        }
        return all.get(0);
    }

    /** Every image that it begins with or copies from; arguments with their defaults. */
    List<String> baseImages() {
        Stream<String> copied = all("COPY").stream()
                .flatMap(copy -> Stream.of(copy.split(" ")))
                .filter(word -> word.startsWith("--from="))
                .map(word -> word.substring("--from=".length()));
        return Stream.concat(all("FROM").stream(), copied).map(this::expanded).toList();
    }

    private String expanded(String name) {
        return name.startsWith("${")
                ? argument(name.substring(2, name.length() - 1)).orElseThrow()
                : name;
    }

    private Optional<String> argument(String name) {
        return all("ARG").stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst();
    }
}
