package dev.ashlar.patterns;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

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
import software.constructs.Construct;

/** ArchUnit fails a rule that finds no classes to check, so none of these passes for want of them. */
@AnalyzeClasses(packages = "dev.ashlar.patterns", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule constructsShowNothingThatCdksEngineCouldTakeForAnOverride = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Construct.class)
            .and()
            .areNotPrivate()
            .should()
            .haveNameMatching("(get|is|add|grant|metric)[A-Z].*")
            .andShould()
            .bePublic();

    @ArchTest
    static final ArchRule patternsNeverImportEachOther =
            slices().matching("dev.ashlar.patterns.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule statementsAreWrittenInAccessAlone = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PolicyStatement.class)
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Grant.class))));

    @ArchTest
    static final ArchRule nothingKnowsExamplesOrRuntime = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ashlar.examples..", "dev.ashlar.runtime..", "dev.ashlar.test..");

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
