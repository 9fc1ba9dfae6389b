package org.lesionstream.checks.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lesionstream.checks.Yaml;

class LicenceRulesTest {
    private static final LicenceRules RULES =
            LicenceRules.of(Yaml.documents("""
                    allowed:
                      Apache-2.0: permissive
                      GPL-2.0-with-classpath-exception: may be linked
                    spellings:
                      Apache Two: Apache-2.0
                    components:
                      some:silent:
                        licences: [Apache-2.0]
                        reason: its file LICENSE says so
                    """, "the test").get(0));

    @Test
    void allowsWhatIsOnTheList() {
        assertThat(RULES.objections(List.of(
                        component("a:a", "Apache-2.0"),
                        component("a:b", "Apache Two"),
                        component("a:c", "Apache-2.0", "GPL-2.0-with-classpath-exception"),
                        component("some:silent"))))
                .isEmpty();
    }

    @Test
    void refusesCopyleftWithoutAnException() {
        assertThat(RULES.objections(List.of(component("a:a", "GPL-2.0-only"), component("a:b", "AGPL-3.0-only"))))
                .containsExactly(
                        "a:a 1 has a licence that is not allowed: GPL-2.0-only",
                        "a:b 1 has a licence that is not allowed: AGPL-3.0-only");
    }

    @Test
    void refusesAChoiceThatNobodyHasMade() {
        assertThat(RULES.objections(List.of(component("a:a", "Apache-2.0", "LGPL-2.1-only"))))
                .containsExactly("a:a 1 has a licence that is not allowed: LGPL-2.1-only");
    }

    @Test
    void refusesWhatNamesNoLicence() {
        assertThat(RULES.objections(List.of(component("a:a")))).containsExactly("a:a 1 names no licence");
    }

    @Test
    void findsRulesThatAreAboutNothing() {
        assertThat(RULES.unused(List.of(component("a:a", "Apache-2.0")), Set.of()))
                .containsExactly("Apache Two", "GPL-2.0-with-classpath-exception", "some:silent");
        assertThat(RULES.unused(
                        List.of(component("a:a", "Apache Two"), component("a:b", "GPL-2.0-with-classpath-exception")),
                        Set.of("some:silent")))
                .isEmpty();
    }

    @Test
    void wantsAReasonForEverything() {
        assertThatThrownBy(() -> new LicenceRules(Map.of("Apache-2.0", " "), Map.of(), Map.of()))
                .hasMessageContaining("without a reason");
        assertThatThrownBy(() -> new LicenceRules.Decision(List.of("Apache-2.0"), ""))
                .hasMessageContaining("reason");
    }

    @Test
    void readsWhatCycloneDxWrites() throws IOException {
        BillOfMaterials bill = BillOfMaterials.of(new ObjectMapper().readTree("""
                {"components": [{"group": "a", "name": "b", "version": "1",
                  "hashes": [{"alg": "MD5", "content": "00"}, {"alg": "SHA-256", "content": "ff"}],
                  "licenses": [{"license": {"id": "MIT"}}, {"license": {"name": "Mine"}}, {"expression": "A OR B"}]}]}
                """));

        assertThat(bill.components())
                .containsExactly(new Component("a:b", "1", List.of("MIT", "Mine", "A OR B"), "ff"));
    }

    @Test
    void writesTheListInItsPlace() {
        String document = """
                before
                <!-- components -->
                old
                <!-- end of components -->
                between
                <!-- decisions -->
                <!-- end of decisions -->
                after
                """;
        BillOfMaterials worker = new BillOfMaterials(List.of(component("b:b", "Apache Two"), component("some:silent")));
        BillOfMaterials trainer = new BillOfMaterials(List.of(component("b:b", "Apache-2.0")));

        String updated = LicencesDocument.updated(document, RULES, Map.of("worker", worker, "trainer", trainer));

        assertThat(updated)
                .startsWith("before\n")
                .contains("| Apache-2.0 | b:b | trainer, worker |\n| Apache-2.0 | some:silent | worker |\n")
                .contains("\nbetween\n")
                .contains("| some:silent | Apache-2.0 | its file LICENSE says so |\n")
                .doesNotContain("old")
                .endsWith("after\n");
        assertThat(LicencesDocument.updated(updated, RULES, Map.of("worker", worker, "trainer", trainer)))
                .isEqualTo(updated);
    }

    private static Component component(String name, String... licences) {
        return new Component(name, "1", List.of(licences), "");
    }
}
