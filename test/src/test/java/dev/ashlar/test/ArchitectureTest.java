package dev.ashlar.test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses kit = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ashlar.test");

    @Test
    void seesTheKit() {
        assertThat(kit.contain(StackAssert.class)).isTrue();
        assertThat(kit.contain(ConstructContract.class)).isTrue();
        assertThat(kit.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void knowsNothingElseOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ashlar..").and(not(resideInAPackage("dev.ashlar.test.."))))
                .check(kit);
    }

    @Test
    void showsOnlyWhatIsPublic() {
        classes().that().arePublic().should(showOnlyPublicTypes()).check(kit);
    }

    @Test
    void avoidsNamesThatSayNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Abstract\\w*)")
                .check(kit);
    }

    private static ArchCondition<JavaClass> showOnlyPublicTypes() {
        return new ArchCondition<>("show only public types outside internal packages") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaClass> shown = Stream.concat(
                        type.getCodeUnits().stream()
                                .filter(ArchitectureTest::isVisible)
                                .flatMap(ArchitectureTest::types),
                        type.getFields().stream()
                                .filter(ArchitectureTest::isVisible)
                                .map(JavaField::getRawType));
                shown.map(JavaClass::getBaseComponentType)
                        .filter(each -> each.getPackageName().startsWith("dev.ashlar"))
                        .filter(each -> !each.getModifiers().contains(JavaModifier.PUBLIC)
                                || each.getPackageName().contains(".internal"))
                        .forEach(each -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " shows " + each.getName())));
            }
        };
    }

    private static boolean isVisible(HasModifiers member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> types(JavaCodeUnit member) {
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), Stream.of(member.getRawReturnType()));
    }
}
