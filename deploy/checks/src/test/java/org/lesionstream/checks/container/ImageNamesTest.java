package org.lesionstream.checks.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.checks.Project;
import org.lesionstream.checks.kubernetes.Manifests;
import org.lesionstream.checks.kubernetes.Pods;

/** That whatever is run is built here, or is the same everywhere. */
class ImageNamesTest {
    static Stream<Pods.Container> containers() {
        return Manifests.all().stream()
                .flatMap(manifests -> manifests.pods().stream())
                .flatMap(pods -> pods.containers().stream());
    }

    static Stream<Pods.Container> ourContainers() {
        return containers().filter(Pods.Container::isOurs);
    }

    @ParameterizedTest
    @MethodSource("ourContainers")
    void ourContainersRunAsTheirImagesAreMade(Pods.Container container) {
        Dockerfile file = Dockerfile.of(imageOf(container.image()));
        String[] user = file.only("USER").split(":", 2);

        assertThat(container.pods().user()).isEqualTo(Long.parseLong(user[0]));
        assertThat(container.pods().group()).isEqualTo(Long.parseLong(user[1]));
        assertThat(container.places()).contains(file.only("VOLUME"));
        assertThat(container.spec().path("command").isMissingNode())
                .as("the entry point is the image's")
                .isTrue();
        container.ports().forEach(port -> assertThat(file.only("EXPOSE")).isEqualTo(port.toString()));
    }

    @Test
    void oneImageHasOneVersionInAllPlaces() {
        Map<String, String> versions = new HashMap<>();
        Stream.concat(containers().map(Pods.Container::image), Compose.read().images().stream())
                .map(image -> image.split(":", 2))
                .forEach(image -> assertThat(versions.merge(image[0], image[1], (before, now) -> now))
                        .as(image[0])
                        .isEqualTo(image[1]));
        versions.forEach((image, version) -> {
            if (image.startsWith("lesionstream/")) {
                assertThat(Dockerfile.IMAGES).contains(imageOf(image + ":"));
                assertThat(version).as(image).isEqualTo(Project.version());
            }
        });
        assertThat(versions.keySet()).containsAll(List.of("lesionstream/worker", "lesionstream/trainer", "postgres"));
    }

    private static String imageOf(String name) {
        return name.substring("lesionstream/".length(), name.indexOf(':'));
    }
}
