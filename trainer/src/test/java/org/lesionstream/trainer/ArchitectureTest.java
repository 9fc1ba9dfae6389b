package org.lesionstream.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

/** The rules that the trainer is built by. Each is also shown a class that breaks it, so that a rule which cannot fail is noticed. */
class ArchitectureTest {

    private static final String VIOLATIONS = "org.lesionstream.trainer.architecture.violations";

    private static final Map<String, ArchRule> RULES = Map.of(
            "cycle",
            slices().matching("..trainer.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a reader must be able to begin somewhere"),
            "network",
            classes()
                    .that()
                    .resideInAPackage("..trainer.network..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("..trainer.network..", "ai.djl..", "java.lang..", "java.util..")
                    .because("a network is layers and arrays; files, training and export come to it from outside"),
            "training",
            noClasses()
                    .that()
                    .resideInAPackage("..trainer.training..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.lesionstream.trainer.network..")
                    .because("the loop trains any block, so that users can bring their own"),
            "picocli",
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..trainer.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..")
                    .because("options are read in one place"),
            "worker",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.lesionstream.worker..")
                    .because("worker and trainer meet in checkpoint files alone"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lesionstream.trainer");

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
