package org.lesionstream.checks.licence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What licences.yaml says. Each allowance and each decision has a reason; a decision replaces what the POM of its component says.
 *
 * @param allowed licences, with the reason
 * @param spellings what POMs write, and the licence that they mean
 * @param decisions by the name of a component
 */
record LicenceRules(Map<String, String> allowed, Map<String, String> spellings, Map<String, Decision> decisions) {
    /** Licences of one component, by somebody who has looked. */
    record Decision(List<String> licences, String reason) {
        Decision {
            licences = List.copyOf(licences);
            if (licences.isEmpty() || reason.isBlank()) {
                throw new IllegalArgumentException("a decision needs licences and a reason");
            }
        }
    }

    LicenceRules {
        allowed.forEach((licence, reason) -> {
            if (reason.isBlank()) {
                throw new IllegalArgumentException(licence + " is allowed without a reason");
            }
        });
    }

    static LicenceRules of(ObjectNode document) {
        Map<String, Decision> decisions = new LinkedHashMap<>();
        document.path("components")
                .properties()
                .forEach(entry -> decisions.put(entry.getKey(), decision(entry.getValue())));
        return new LicenceRules(texts(document.path("allowed")), texts(document.path("spellings")), decisions);
    }

    /** The licences of a component; empty if nobody knows. */
    List<String> licences(Component component) {
        return Optional.ofNullable(decisions.get(component.name()))
                .map(Decision::licences)
                .orElseGet(() -> component.licences().stream()
                        .map(written -> spellings.getOrDefault(written, written))
                        .toList());
    }

    /** What is wrong with these components, in sentences. */
    List<String> objections(List<Component> components) {
        List<String> objections = new ArrayList<>();
        for (Component component : components) {
            List<String> licences = licences(component);
            if (licences.isEmpty()) {
                objections.add(component.name() + " " + component.version() + " names no licence");
            }
            licences.stream()
                    .filter(licence -> !allowed.containsKey(licence))
                    .forEach(licence -> objections.add(component.name() + " " + component.version()
                            + " has a licence that is not allowed: " + licence));
        }
        return objections;
    }

    /**
     * Rules that are about nothing any more.
     *
     * @param components of all programs
     * @param elsewhere names of components that other builds have
     */
    Set<String> unused(List<Component> components, Set<String> elsewhere) {
        Set<String> unused = new TreeSet<>(decisions.keySet());
        components.forEach(component -> unused.remove(component.name()));
        unused.removeAll(elsewhere);
        Set<String> written = new HashSet<>();
        Set<String> needed = new HashSet<>();
        elsewhere.stream()
                .map(decisions::get)
                .filter(Objects::nonNull)
                .forEach(known -> needed.addAll(known.licences()));
        components.forEach(component -> {
            written.addAll(component.licences());
            needed.addAll(licences(component));
        });
        spellings.keySet().stream()
                .filter(spelling -> !written.contains(spelling))
                .forEach(unused::add);
        allowed.keySet().stream().filter(licence -> !needed.contains(licence)).forEach(unused::add);
        return unused;
    }

    private static Decision decision(JsonNode node) {
        return new Decision(
                StreamSupport.stream(node.path("licences").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                node.path("reason").asText());
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
