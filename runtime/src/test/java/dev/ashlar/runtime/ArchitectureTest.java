package dev.ashlar.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** ArchUnit fails a rule that finds no classes to check, so none of these passes for want of them. */
@AnalyzeClasses(packages = "dev.ashlar.runtime", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule needsNothingButTheInterfacesOfLambda = classes()
            .that()
            .haveNameNotMatching(".*\\.TypedHandler(\\$.*)?")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "dev.ashlar.runtime",
                    "org.jspecify.annotations",
                    RequestHandler.class.getPackageName(),
                    LogLevel.class.getPackageName()));

    @ArchTest
    static final ArchRule whatLambdaBringsIsKnownToOneClass = classes()
            .that()
            .haveNameMatching(".*\\.TypedHandler(\\$.*)?")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "dev.ashlar.runtime",
                    "org.jspecify.annotations",
                    RequestHandler.class.getPackageName(),
                    "com.amazonaws.services.lambda.runtime.serialization.."));

    @ArchTest
    static final ArchRule callsNobodyAndPrintsNothing = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net..", "java.util.logging..", "java.nio.channels.."))
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** A message that failed is no failed invocation: the log is the only place that tells why. */
    @ArchTest
    static final ArchRule onlyFailedMessagesAreLogged = noClasses()
            .that()
            .doNotHaveSimpleName("QueueHandler")
            .should()
            .dependOnClassesThat(nameStartingWith("com.amazonaws.services.lambda.runtime.LambdaLogger"));

    @ArchTest
    static final ArchRule keepsNothing = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule knowsNothingElseOfOurs = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.ashlar..").and(not(resideInAPackage("dev.ashlar.runtime"))));
}
