package org.lesionstream.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules that this module is built by. Each is also shown a class that breaks it, so that a rule which cannot fail is noticed. */
class ArchitectureTest {

    private static final String VIOLATIONS = "org.lesionstream.local.architecture.violations";

    private static final Map<String, ArchRule> RULES = Map.of(
            "artifacts",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.lesionstream.worker..", "org.lesionstream.trainer..")
                    .because("worker and trainer are known as artifacts, the way they are in production"),
            "cycle",
            slices().matching("..local.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a reader must be able to begin somewhere"),
            "stack",
            noClasses()
                    .that()
                    .resideInAnyPackage("org.lesionstream.local", VIOLATIONS + ".stack")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..local.demo..", "..local.bench..", "..local.torture..", "..local.cli..")
                    .because("tests of other modules use the stack without the demo"),
            "picocli",
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..local.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..")
                    .because("options are read in one place"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lesionstream.local");

    @TestFactory
    Stream<DynamicTest> holdsItsRules() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(PRODUCTION)));
    }

    @TestFactory
    Stream<DynamicTest> noticesAViolationOfEachRule() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                    JavaClasses violation = new ClassFileImporter().importPackages(VIOLATIONS + "." + rule.getKey());
                    assertThat(rule.getValue().evaluate(violation).hasViolation())
                            .isTrue();
                }));
    }
}
