package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

class ConstructContractTest {

    /** A contract whose mailbox has the flaw of the moment. */
    static class MailboxContract extends ConstructContract {
        static Flaw flaw = Flaw.NONE;

        @Override
        protected Construct minimal(Construct scope, String id) {
            return Mailbox.Builder.create(scope, id).flaw(flaw).build();
        }

        @Override
        protected Construct maximal(Construct scope, String id) {
            return Mailbox.Builder.create(scope, id)
                    .archived(true)
                    .label("in")
                    .flaw(flaw)
                    .build();
        }

        /** Without its annotation this is no test. */
        @Override
        protected Stream<DynamicTest> isAsReviewed() {
            return Stream.empty();
        }
    }

    /** A contract whose forms do not listen. */
    static class DeafContract extends MailboxContract {
        @Override
        protected Construct minimal(Construct scope, String id) {
            return super.minimal(scope, id + "Box");
        }
    }

    /** A contract for a construct that is no construct of ours in shape. */
    static class ShapelessContract extends ConstructContract {
        @Override
        protected Construct minimal(Construct scope, String id) {
            return new Shapeless(scope, id);
        }

        @Override
        protected Construct maximal(Construct scope, String id) {
            return new Shapeless(scope, id);
        }

        /** Without its annotation this is no test. */
        @Override
        protected Stream<DynamicTest> isAsReviewed() {
            return Stream.empty();
        }
    }

    static class Shapeless extends Construct {
        Shapeless(Construct scope, String id) {
            super(scope, id);
        }

        void rename() {}
    }

    /** A contract that narrows each rule that can be narrowed. */
    static class LenientContract extends MailboxContract {
        @Override
        protected Stack stack(Construct scope, String id) {
            StackProps props = StackProps.builder().description("for letters").build();
            return new Stack(scope, id, props);
        }

        @Override
        protected Set<String> sharedResources() {
            return Set.of("Beside.*");
        }

        @Override
        protected Map<Permission, String> allowedWildcards() {
            return Map.of(Permission.of("sqs:SendMessage", "*"), "queues of other teams");
        }

        @Override
        protected Set<String> dataTypes() {
            return Set.of("AWS::S3::Bucket");
        }

        @Override
        protected Map<String, Object> developmentContext() {
            return Map.of();
        }

        /** Without its annotation this is no test. */
        @Override
        protected void setsNoPhysicalNames() {
            super.setsNoPhysicalNames();
        }
    }

    @Test
    void passesWhatKeepsThePromises() {
        EngineExecutionResults results = run(MailboxContract.class, Flaw.NONE);

        assertThat(failures(results)).isEmpty();
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(19));
    }

    @TestFactory
    Stream<DynamicTest> failsOnlyThePromiseThatIsBroken() {
        return Map.of(
                        Flaw.STRAY,
                        both("ownsAllThatItCreates"),
                        Flaw.SHARED,
                        both("livesTwiceInOneStack"),
                        Flaw.WILDCARD,
                        both("grantsNoWildcards"),
                        Flaw.NAMED,
                        Set.of("setsNoPhysicalNames"),
                        Flaw.FORGETFUL,
                        both("keepsData"),
                        Flaw.STICKY,
                        both("deletesDataInDevelopment"),
                        Flaw.STAGE_AWARE,
                        both("isTheSameInAStage"),
                        Flaw.FLAG_AWARE,
                        both("isTheSameWhateverTheFeatureFlags"),
                        Flaw.RANDOM,
                        both("isTheSameInAStage", "isTheSameTwice", "isTheSameWhateverTheFeatureFlags"))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().toString(),
                        () -> assertThat(failures(run(MailboxContract.class, entry.getKey()))
                                        .keySet())
                                .isEqualTo(entry.getValue())));
    }

    @Test
    void insistsOnScopeAndId() {
        Map<String, String> failures = failures(run(DeafContract.class, Flaw.NONE));

        assertEquals("""
                [DeafContract] the construct must be created where and as it is told, got 1:
                  Contract/SubjectBox
                Pass scope and id on, and return that construct.""", failures.get("ownsAllThatItCreates minimal form"));
    }

    @Test
    void insistsOnTheShapeOfAConstruct() {
        assertEquals(
                Map.of("exposesNothingElse", """
                        [ShapelessContract] the class must be final, with public methods getX, isX, addX, grantX, metricX only, got 2:
                          Shapeless is not final
                          Shapeless.rename()
                        Make other methods private, or move them to a class that is no construct.""", "offersTheSameSettersOnBothBuilders", """
                        [ShapelessContract] builder and props must offer the same, got 2:
                          Shapeless.Builder.create(Construct, String) is missing
                          ShapelessProps.builder() is missing
                        Write the setters once, in a class that both builders extend."""),
                failures(run(ShapelessContract.class, Flaw.NONE)));
    }

    @Test
    void canBeNarrowed() {
        for (Flaw flaw : Set.of(Flaw.STRAY, Flaw.WILDCARD, Flaw.FORGETFUL, Flaw.STICKY, Flaw.NAMED)) {
            EngineExecutionResults results = run(LenientContract.class, flaw);

            assertEquals(Map.of(), failures(results), flaw.name());
            results.testEvents().assertStatistics(statistics -> statistics.succeeded(16));
        }
    }

    @Test
    void saysWhatToDoAboutEachRule() {
        assertEquals("""
                [MailboxContract] logical ids must begin with the id of the construct, got 1:
                  BesideSubject in Resources
                Create them below the construct, or name them in sharedResources().""", message(Flaw.STRAY, "ownsAllThatItCreates maximal form"));
        assertEquals("""
                [MailboxContract] two in one stack must have all resources of one, each, got 1:
                  Second: 0 of 1 AWS::SNS::Topic
                Give each construct its own, or name what is shared in sharedResources().""", message(Flaw.SHARED, "livesTwiceInOneStack minimal form"));
        assertEquals("""
                [MailboxContract] policies must have no wildcards, got 1:
                  Subject/Writer: sqs:SendMessage on *: the resource is a wildcard
                Name what is needed, or allow it with a reason in allowedWildcards().""", message(Flaw.WILDCARD, "grantsNoWildcards minimal form"));
        assertEquals("""
                [MailboxContract] physical names must be left to CloudFormation, got 1:
                  Subject/Topic (AWS::SNS::Topic): TopicName is letters
                Set a name only where the user gives one.""", message(Flaw.NAMED, "setsNoPhysicalNames"));
        assertEquals("""
                [MailboxContract] data must be kept, got 2:
                  Subject/Queue (AWS::SQS::Queue): DeletionPolicy must be Retain, got Delete
                  Subject/Queue (AWS::SQS::Queue): UpdateReplacePolicy must be Retain, got Delete
                Set the removal policy RETAIN, or leave the type out of dataTypes().""", message(Flaw.FORGETFUL, "keepsData minimal form"));
        assertEquals("""
                [MailboxContract] data must be deleted in development, got 2:
                  Subject/Queue (AWS::SQS::Queue): DeletionPolicy must be Delete, got Retain
                  Subject/Queue (AWS::SQS::Queue): UpdateReplacePolicy must be Delete, got Retain
                Set the removal policy DESTROY there, or return an empty developmentContext().""", message(Flaw.STICKY, "deletesDataInDevelopment maximal form"));
        assertEquals("""
                [MailboxContract] the template must be the same in a stage, got 1 difference:
                  + Resources.SubjectTopic<id>: {"Type":"AWS::SNS::Topic"}
                Make it depend on nothing above its own stack.""", message(Flaw.STAGE_AWARE, "isTheSameInAStage minimal form"));
        assertEquals("""
                [MailboxContract] the template must be the same whatever the feature flags, got 1 difference:
                  + Resources.SubjectTopic<id>: {"Type":"AWS::SNS::Topic"}
                Set explicitly what a flag decides.""", message(Flaw.FLAG_AWARE, "isTheSameWhateverTheFeatureFlags minimal form"));
        assertEquals("""
                [MailboxContract] the template must be the same each time, got 1 difference:
                  ~ Resources.SubjectTopic<id>.Properties.DisplayName: "<uuid>" -> "<uuid>"
                Make it depend on its props only.""", message(Flaw.RANDOM, "isTheSameTwice minimal form"));
    }

    private static Set<String> both(String... methods) {
        return Stream.of(methods)
                .flatMap(method -> Stream.of(method + " minimal form", method + " maximal form"))
                .collect(Collectors.toSet());
    }

    private static String message(Flaw flaw, String test) {
        return failures(run(MailboxContract.class, flaw))
                .getOrDefault(test, "passed")
                .replaceAll("(?<=Topic)[0-9A-F]{8}", "<id>")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>");
    }

    private static EngineExecutionResults run(Class<? extends ConstructContract> contract, Flaw flaw) {
        MailboxContract.flaw = flaw;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute();
    }

    private static Map<String, String> failures(EngineExecutionResults results) {
        Map<String, String> failures = new TreeMap<>();
        results.allEvents().failed().stream().forEach(event -> failures.put(name(event), reason(event)));
        return failures;
    }

    private static String name(Event event) {
        TestDescriptor test = event.getTestDescriptor();
        String factory = test.getParent()
                .filter(parent -> parent.getSource().orElseThrow() instanceof MethodSource)
                .map(parent -> parent.getDisplayName() + " ")
                .orElse("");
        return (factory + test.getDisplayName()).replace("()", "");
    }

    private static String reason(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElse("");
    }
}
