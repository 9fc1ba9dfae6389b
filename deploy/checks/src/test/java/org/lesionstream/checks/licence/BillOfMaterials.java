package org.lesionstream.checks.licence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a program is made of at run time: the part of CycloneDX 1.6 that the checks look at.
 *
 * @param components without the program itself
 */
record BillOfMaterials(List<Component> components) {
    BillOfMaterials {
        components = List.copyOf(components);
    }

    /** @throws IOException when there is no such file, or it is no JSON */
    static BillOfMaterials read(Path file) throws IOException {
        return of(new ObjectMapper().readTree(file.toFile()));
    }

    static BillOfMaterials of(JsonNode bill) {
        return new BillOfMaterials(
                stream(bill.path("components")).map(BillOfMaterials::component).toList());
    }

    /** The component whose name ends so, if any. */
    Optional<Component> named(String ending) {
        return components.stream()
                .filter(component -> component.name().endsWith(ending))
                .findFirst();
    }

    private static Component component(JsonNode node) {
        return new Component(
                node.path("group").asText() + ":" + node.path("name").asText(),
                node.path("version").asText(),
                stream(node.path("licenses")).map(BillOfMaterials::licence).toList(),
                stream(node.path("hashes"))
                        .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                        .map(hash -> hash.path("content").asText())
                        .findFirst()
                        .orElse(""));
    }

    private static String licence(JsonNode choice) {
        return Stream.of(choice.path("expression"), choice.at("/license/id"), choice.at("/license/name"))
                .map(JsonNode::asText)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("a licence without a name");
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
