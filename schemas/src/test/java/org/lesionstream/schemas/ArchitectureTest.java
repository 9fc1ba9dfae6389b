package org.lesionstream.schemas;

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

/** The rules that this module is built by. Each is also shown a class that breaks it, so that a rule which cannot fail is noticed. */
class ArchitectureTest {

    private static final String VIOLATIONS = "org.lesionstream.schemas.architecture.violations";
    private static final String JDK = "java..";
    private static final String JDK_PICTURES = "javax.imageio..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String VALIDATOR = "com.networknt..";

    private static final Map<String, ArchRule> RULES = Map.of(
            "cycle",
            slices().matching("..schemas.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("the packages are read in one order: image, nifti, lesion, checkpoint, message"),
            "libraries",
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("org.lesionstream.schemas..", JDK, JDK_PICTURES, JACKSON, VALIDATOR)
                    .because("whoever wants to read our messages must not get our libraries along with them"),
            "json",
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..schemas.message..", "..schemas.checkpoint..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(JACKSON, VALIDATOR)
                    .because("how something is printed is decided where the contracts are"),
            "image",
            classes()
                    .that()
                    .resideInAPackage("..schemas.image..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("..schemas.image..", JDK, JDK_PICTURES)
                    .because("training and serving see identical pixels only if nothing else has a say in them"),
            "nifti",
            classes()
                    .that()
                    .resideInAPackage("..schemas.nifti..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("..schemas.nifti..", "..schemas.image..", JDK)
                    .because("a volume is pictures and places, whoever asks for them"),
            "lesion",
            classes()
                    .that()
                    .resideInAPackage("..schemas.lesion..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("..schemas.lesion..", "..schemas.image..", JDK)
                    .because("a measurement must not depend on how it is printed or stored"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lesionstream.schemas");

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
