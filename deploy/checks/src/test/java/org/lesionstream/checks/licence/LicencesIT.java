package org.lesionstream.checks.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.checks.Project;
import org.lesionstream.checks.Yaml;
import org.lesionstream.schemas.checkpoint.Digest;

/** The packaged programs, their bills of materials and the list of licences say the same. {@code mvn -o} writes no bills. */
class LicencesIT {
    private static final String JPEG_2000 = "com.github.jai-imageio:jai-imageio-jpeg2000";

    /** What builds with a profile have. */
    private static final Set<String> ELSEWHERE =
            Set.of("ai.djl.pytorch:pytorch-native-cu118", JPEG_2000, "com.github.jai-imageio:jai-imageio-core");

    private final LicenceRules rules = LicenceRules.of(Yaml.document(Project.path("deploy/licences.yaml")));

    @ParameterizedTest
    @CsvSource({"worker, worker/target/quarkus-app/lib", "trainer, trainer/target/lib"})
    void everyLibraryOfOthersIsInTheBill(String program, String folder) throws IOException {
        Set<String> billed =
                bill(program).components().stream().map(Component::sha256).collect(Collectors.toSet());
        List<Path> libraries;
        try (Stream<Path> files = Files.walk(Project.path(folder))) {
            libraries = files.filter(LicencesIT::isOfOthers).toList();
        }

        List<String> strangers = new ArrayList<>();
        for (Path library : libraries) {
            if (!billed.contains(Digest.of(library).hex())) {
                strangers.add(library.getFileName().toString());
            }
        }

        assertThat(libraries).hasSizeGreaterThan(10);
        assertThat(strangers)
                .as(
                        "libraries of the %s that its SBOM does not know; build it again, or declare them in its pom.xml",
                        program)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer"})
    void equalBuildsGiveEqualBills(String program) throws IOException {
        JsonNode bill = new ObjectMapper().readTree(billFile(program).toFile());

        assertThat(bill.at("/metadata/timestamp").isMissingNode()).isTrue();
        assertThat(bill.at("/metadata/properties"))
                .anyMatch(property -> property.path("name").asText().equals("cdx:reproducible")
                        && property.path("value").asText().equals("enabled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer"})
    void everyLicenceIsAllowed(String program) throws IOException {
        assertThat(rules.objections(bill(program).components()))
                .as("choose another component, or say in deploy/licences.yaml why it may stay")
                .isEmpty();
    }

    @Test
    void theListIsWhatTheBillsSay() throws IOException {
        Map<String, BillOfMaterials> programs = new TreeMap<>();
        for (String program : List.of("worker", "trainer")) {
            programs.put(program, bill(program));
        }
        List<Component> all = programs.values().stream()
                .flatMap(bill -> bill.components().stream())
                .toList();
        assumeTrue(
                programs.get("worker").named(":pytorch-native-cpu").isPresent(),
                "LICENCES.md lists what a build without -Pcu118 holds");
        assumeTrue(
                programs.get("worker").named(JPEG_2000).isEmpty(),
                "LICENCES.md lists what a build without -Pjpeg2000 holds");
        String document = Project.text("deploy/LICENCES.md");

        String wanted = LicencesDocument.updated(document, rules, programs);
        Files.writeString(Project.path("deploy/checks/target/LICENCES.md"), wanted);

        assertThat(document)
                .as("copy deploy/checks/target/LICENCES.md to deploy")
                .isEqualTo(wanted);
        assertThat(rules.unused(all, ELSEWHERE))
                .as("rules in deploy/licences.yaml that are about nothing")
                .isEmpty();
    }

    private static boolean isOfOthers(Path file) {
        return file.toString().endsWith(".jar")
                && !file.getFileName().toString().matches("(org\\.lesionstream\\.)?schemas-.*");
    }

    private static BillOfMaterials bill(String program) throws IOException {
        return BillOfMaterials.read(billFile(program));
    }

    private static Path billFile(String program) {
        Path file = Project.path(program + "/target/bom.json");
        assumeTrue(Files.isRegularFile(file), file + " is written by mvn package without -o");
        return file;
    }
}
