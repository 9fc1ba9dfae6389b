package org.lesionstream.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs that run on the same Java as this one. */
final class JavaPrograms {

    private JavaPrograms() {}

    /**
     * A packaged program, ready to be started; it also gets the environment of this process.
     *
     * @throws IllegalStateException when the jar is not there, with how to build it
     */
    static ProcessBuilder ofJar(Path jar, List<String> arguments, Map<String, String> environment) {
        Artifacts.require(jar);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().putAll(environment);
        return program;
    }
}
