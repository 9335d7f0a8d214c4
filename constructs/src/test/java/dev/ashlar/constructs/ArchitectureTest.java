package dev.ashlar.constructs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.ashlar.test.ConstructContract;
import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.jsii.JsiiObject;
import software.constructs.Construct;

/** ArchUnit fails a rule that finds no classes to check, so none of these passes for want of them. */
@AnalyzeClasses(packages = "dev.ashlar.constructs", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PERMITTED_NAMES = "(get|is|add|grant|metric)[A-Z].*";

    @ArchTest
    static final ArchRule constructsShowNothingThatCdksEngineCouldTakeForAnOverride = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Construct.class)
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
            .callMethodWhere(target(owner(JavaClass.Predicates.type(Grant.class))));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.ashlar.constructs.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingKnowsPatternsOrExamples = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ashlar.patterns..", "dev.ashlar.examples..", "dev.ashlar.runtime..");

    @ArchTest
    static final ArchRule staticFieldsHoldNothingOfCdks =
            noFields().that().areStatic().should().haveRawType(JavaClass.Predicates.assignableTo(JsiiObject.class));

    @ArchTest
    static void everyConstructPassesTheContract(JavaClasses classes) {
        List<String> constructs = classes.stream()
                .filter(type -> type.isAssignableTo(Construct.class))
                .map(JavaClass::getName)
                .sorted()
                .toList();

        System.out.println("Constructs under contract: " + constructs.size() + " " + constructs);
        assertThat(constructs)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(
                                ConstructContract.class.isAssignableFrom(Class.forName(name + "ContractTest")))
                        .isTrue());
    }
}
