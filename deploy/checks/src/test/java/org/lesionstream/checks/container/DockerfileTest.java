package org.lesionstream.checks.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DockerfileTest {
    /** A name of Docker's own hub, with a version. */
    private static final String NAME = "[a-z0-9-]+(/[a-z0-9-]+)?:[A-Za-z0-9_.-]+";

    static Stream<Dockerfile> all() {
        return Dockerfile.IMAGES.stream().map(Dockerfile::of);
    }

    @ParameterizedTest
    @MethodSource("all")
    void fetchesAndRunsNothing(Dockerfile file) {
        assertThat(file.instructions())
                .allMatch(line -> line.matches("(FROM|ARG|LABEL|COPY|ENV|USER|WORKDIR|VOLUME|EXPOSE|ENTRYPOINT) .*"));
        assertThat(file.instructions()).noneMatch(line -> line.contains("://"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void standsOnImagesWithAVersionAndNoHost(Dockerfile file) {
        assertThat(file.baseImages()).isNotEmpty().allMatch(name -> name.matches(NAME));
    }

    @ParameterizedTest
    @MethodSource("all")
    void runsAsNobodyInParticularAndWritesInOnePlace(Dockerfile file) {
        assertThat(file.only("USER")).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
        assertThat(file.only("WORKDIR")).isEqualTo(file.only("VOLUME"));
        assertThat(file.all("COPY"))
                .filteredOn(copy -> copy.contains("--chown"))
                .singleElement()
                .asString()
                .contains("--chown=" + file.only("USER"))
                .endsWith(" " + file.only("VOLUME") + "/");
        assertThat(file.only("ENTRYPOINT")).startsWith("[").contains("-Djava.io.tmpdir=" + file.only("VOLUME"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatItIs(Dockerfile file) {
        assertThat(List.of("title", "description", "licenses", "version", "revision"))
                .allSatisfy(
                        label -> assertThat(file.only("LABEL")).contains("org.opencontainers.image." + label + "=\""));
    }

    @ParameterizedTest
    @MethodSource("all")
    void tellsWhatItIsMadeOf(Dockerfile file) {
        String program = file.image().replace("-cpu", "");
        assertThat(file.all("COPY"))
                .containsOnlyOnce("deploy/container/target/sbom/" + program + "/ /opt/lesionstream/");
    }

    @Test
    void theTwoWorkersHoldTheSameProgram() {
        assertThat(Dockerfile.of("worker").all("COPY").stream()
                        .filter(copy -> !copy.contains("--from="))
                        .map(copy -> copy.replace("natives/cu118/", "natives/cpu/")))
                .isEqualTo(Dockerfile.of("worker-cpu").all("COPY"));
    }

    @Test
    void theGpuImagesBringCudnn8OfCuda118() {
        assertThat(Dockerfile.of("worker").baseImages().get(0))
                .startsWith("nvidia/cuda:11.8.")
                .contains("-cudnn8-runtime-");
        assertThat(Dockerfile.of("trainer").baseImages())
                .isEqualTo(Dockerfile.of("worker").baseImages());
    }
}
