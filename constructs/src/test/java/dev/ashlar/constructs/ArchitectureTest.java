package dev.ashlar.constructs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.jsii.JsiiObject;

/** ArchUnit fails a rule that finds no classes to check, so none of these passes for want of them. */
@AnalyzeClasses(packages = "dev.ashlar.constructs", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PERMITTED_NAMES = "(get|is|add|grant|metric)[A-Z].*";

    @ArchTest
    static final ArchRule constructsShowNothingThatCdksEngineCouldTakeForAnOverride = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(software.constructs.Construct.class)
            .and()
            .areNotPrivate()
            .should()
            .haveNameMatching(PERMITTED_NAMES)
            .andShould()
            .bePublic();

    @ArchTest
    static final ArchRule internalsNeverAppearInSignatures = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("..internal..")
            .should()
            .haveRawReturnType(JavaClass.Predicates.resideInAPackage("..internal.."))
            .orShould()
            .haveRawParameterTypes(
                    DescribedPredicate.anyElementThat(JavaClass.Predicates.resideInAPackage("..internal..")));

    @ArchTest
    static final ArchRule statementsAreWrittenInAccessAlone = noClasses()
            .that()
            .resideOutsideOfPackage("..access..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PolicyStatement.class)
            .orShould()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.AccessTarget.Predicates.declaredIn(Grant.class)));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.ashlar.constructs.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingKnowsPatternsOrExamples = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ashlar.patterns..", "dev.ashlar.examples..", "dev.ashlar.runtime..");

    @ArchTest
    static final ArchRule staticFieldsHoldNothingOfCdks = com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(JavaClass.Predicates.assignableTo(JsiiObject.class));
}
