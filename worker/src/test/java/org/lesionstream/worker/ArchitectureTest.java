package org.lesionstream.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lesionstream.worker.failure.SegmentationException;

/** The rules that this module is built by. Each is also shown a class that breaks it, so that a rule which cannot fail is noticed. */
class ArchitectureTest {
    private static final String VIOLATIONS = "org.lesionstream.worker.architecture.violations";
    private static final String WIRING = "WorkerWiring";

    private static final String[] STAGES = {
        "..worker.intake..",
        "..worker.decode..",
        "..worker.tile..",
        "..worker.batch..",
        "..worker.inference..",
        "..worker.lesion..",
        "..worker.persist..",
        "..worker.publish.."
    };
    private static final String[] FOUNDATIONS = {
        "..worker.failure..", "..worker.telemetry..", "..worker.delivery..", "..worker.broker.."
    };
    private static final String PIPELINE = "..worker.pipeline..";
    private static final String HEALTH = "..worker.health..";
    private static final String API = "..worker.api..";
    private static final String COMMAND = "..worker.command..";
    private static final String BACKFILL = "..worker.backfill..";
    private static final String RESULT = "..worker.result..";

    private static final Map<String, ArchRule> RULES = rules();

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lesionstream.worker");

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

    private static Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "cycle",
                slices().matching("..worker.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because("a package that is part of a circle cannot be read, tested or moved by itself"));
        rules.put(
                "stages",
                slices().matching("..worker.(intake|decode|tile|batch|inference|lesion|persist|publish)..")
                        .should()
                        .notDependOnEachOther()
                        .because("a stage takes and returns values, and the pipeline alone knows the order"));
        rules.put(
                "pipeline",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(PIPELINE, HEALTH, COMMAND)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(PIPELINE)
                        .because("the pipeline knows the others, and only probes and program ask how it is"));
        rules.put(
                "edges",
                noClasses()
                        .that()
                        .resideInAnyPackage(HEALTH, API, COMMAND, BACKFILL)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "..worker.intake..",
                                "..worker.tile..",
                                "..worker.batch..",
                                "..worker.inference..",
                                "..worker.lesion..")
                        .because("people and probes look at what is stored and published, never into the work"));
        rules.put(
                "backfill",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(BACKFILL, COMMAND)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(BACKFILL)
                        .because("who sends jobs is nothing to those who do them"));
        rules.put(
                "result",
                classes()
                        .that()
                        .resideInAPackage(RESULT)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.lesionstream.schemas..", "..worker.decode.dicom..", RESULT)
                        .because(
                                "what is written about a patient follows from what is handed in, and from nothing else"));
        rules.put(
                "foundations",
                noClasses()
                        .that()
                        .resideInAnyPackage(FOUNDATIONS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(STAGES)
                        .because("every stage stands on them"));
        rules.put(
                "kafka",
                noClasses()
                        .that()
                        .resideOutsideOfPackages("..worker.intake..", "..worker.publish..", COMMAND)
                        .and()
                        .doNotHaveSimpleName(WIRING)
                        .and()
                        .doNotHaveSimpleName("KafkaFigures") // reads the clients' numbers, sends nothing
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka..")
                        .because("offsets and transactions have one place each"));
        rules.put(
                "djl",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..worker.inference..")
                        .and()
                        .doNotHaveSimpleName(WIRING)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("ai.djl..")
                        .because("native memory never leaves inference"));
        rules.put(
                "sql",
                noClasses()
                        .that()
                        .resideOutsideOfPackages("..worker.persist..", COMMAND)
                        .and()
                        .doNotHaveSimpleName(WIRING)
                        .and()
                        .doNotHaveSimpleName("DatabaseWiring")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "javax.sql..")
                        .because("the tables are known to one package"));
        rules.put(
                "quarkus",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(PIPELINE, HEALTH, API, COMMAND)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.quarkus..",
                                "jakarta.enterprise..",
                                "jakarta.inject..",
                                "jakarta.ws.rs..",
                                "io.smallrye..")
                        .because("a stage is a plain object that a test can build"));
        rules.put(
                "pure",
                classes()
                        .that()
                        .resideInAnyPackage("..worker.batch..", "..worker.tile..", "..worker.lesion..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.lesionstream.schemas..",
                                "..worker.batch..",
                                "..worker.tile..",
                                "..worker.lesion..",
                                FOUNDATIONS[0],
                                FOUNDATIONS[1],
                                FOUNDATIONS[2])
                        .because("thinking is done on plain values"));
        rules.put(
                "clock",
                noClasses()
                        .that()
                        .doNotHaveSimpleName(WIRING)
                        .should()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Instant.class, "now")
                        .because("a decision that gets the time passed in can be tested without waiting"));
        rules.put(
                "trainer",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("..trainer..")
                        .because("worker and trainer meet in files that schemas describes"));
        rules.put("fields", GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        rules.put(
                "streams",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(COMMAND)
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                        .because("a worker speaks through its log"));
        rules.put("exceptions", GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
        rules.put(
                "failures",
                classes()
                        .that()
                        .areAssignableTo(Exception.class)
                        .should()
                        .beAssignableTo(SegmentationException.class)
                        .because("every failure has a code"));
        return rules;
    }
}
