package org.lesionstream.checks.licence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The two tables of LICENCES.md, made of the rules and the bills of the programs. */
final class LicencesDocument {
    private LicencesDocument() {}

    /**
     * The document as it should be.
     *
     * @param document as it is; what stands outside of the tables stays
     * @param programs what each of them is made of
     */
    static String updated(String document, LicenceRules rules, Map<String, BillOfMaterials> programs) {
        return with("decisions", decisions(rules), with("components", components(rules, programs), document));
    }

    private static String components(LicenceRules rules, Map<String, BillOfMaterials> programs) {
        Map<String, String> licences = new TreeMap<>();
        Map<String, List<String>> users = new TreeMap<>();
        programs.forEach((program, bill) -> bill.components().forEach(component -> {
            licences.put(component.name(), String.join(", ", rules.licences(component)));
            users.computeIfAbsent(component.name(), first -> new ArrayList<>()).add(program);
        }));
        return licences.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, String> entry) -> entry.getValue())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> "| %s | %s | %s |"
                        .formatted(
                                entry.getValue(),
                                entry.getKey(),
                                users.get(entry.getKey()).stream()
                                        .distinct()
                                        .sorted()
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n", "| licences | component | in |\n|---|---|---|\n", "\n"));
    }

    private static String decisions(LicenceRules rules) {
        return rules.decisions().entrySet().stream()
                .map(entry -> "| %s | %s | %s |"
                        .formatted(
                                entry.getKey(),
                                String.join(", ", entry.getValue().licences()),
                                entry.getValue().reason()))
                .collect(Collectors.joining("\n", "| component | licences | because |\n|---|---|---|\n", "\n"));
    }

    /** The document with another text between the two marks of that name. */
    private static String with(String name, String text, String document) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from) {
            throw new AssertionError("LICENCES.md has no place for its " + name);
        }
        return document.substring(0, from) + begin + "\n" + text + "\n" + document.substring(to);
    }
}
