package dev.ashlar.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses local = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ashlar.local");

    @Test
    void seesTheModule() {
        assertThat(local.contain(LocalS3.class)).isTrue();
        assertThat(local.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void knowsNothingElseOfOursButTheTestKit() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ashlar..")
                        .and(not(resideInAnyPackage("dev.ashlar.local..", "dev.ashlar.test.."))))
                .check(local);
    }
}
