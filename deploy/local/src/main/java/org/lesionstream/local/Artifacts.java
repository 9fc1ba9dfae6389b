package org.lesionstream.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The packaged programs of the project.
 *
 * @param home top folder of the project
 */
public record Artifacts(Path home) {

    public Path trainerJar() {
        return home.resolve("trainer/target/trainer.jar");
    }

    public Path workerJar() {
        return home.resolve("worker/target/quarkus-app/quarkus-run.jar");
    }

    /**
     * Looks for all of them, before minutes are spent on one.
     *
     * @throws IllegalStateException when one is not built, with how to build it
     */
    public void require() {
        Stream.of(trainerJar(), workerJar()).forEach(Artifacts::require);
    }

    static void require(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not there; build it with: mvn -DskipTests package");
        }
    }
}
