package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.opentest4j.TestAbortedException;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.constructs.Construct;

/**
 * What a construct promises to everybody who puts it in a stack, as tests that its own test inherits.
 *
 * <pre>{@code
 * class MailboxContractTest extends ConstructContract {
 *     @Override
 *     protected Construct minimal(Construct scope, String id) {
 *         return Mailbox.Builder.create(scope, id).build();
 *     }
 *
 *     @Override
 *     protected Construct maximal(Construct scope, String id) {
 *         return Mailbox.Builder.create(scope, id).retries(5).deadLetters(true).build();
 *     }
 * }
 * }</pre>
 *
 * <p>Where a form needs something that it does not create itself, import it ({@code Bucket.fromBucketName}), under an
 * id made of the given one: both forms are also created twice in one stack.
 *
 * <p>With {@link #options()} the setters of the construct's builder are tried too, in pairs and by chance.
 *
 * <p>The protected methods that return sets and maps narrow or widen a rule. A rule that a construct does not want at
 * all is switched off by overriding its method without the annotation. Templates are shared between the tests of a
 * class (its lifecycle is {@link Lifecycle#PER_CLASS}); none of the project's context is used but its feature flags.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ResourceLock(TestApp.LOCK)
public abstract class ConstructContract {
    private static final String STACK = "Contract";
    private static final String STAGE = "InStage";
    private static final String SUBJECT = Trials.SUBJECT;
    private static final int DEFAULT_SEQUENCES = 50;
    private static final List<String> TWINS = List.of("First", "Second");

    private final Map<Form, Specimen> specimens = new EnumMap<>(Form.class);

    private enum Form {
        MINIMAL,
        MAXIMAL
    }

    /** One construct alone in a stack, without any context. */
    private record Specimen(Construct construct, SynthesizedStack stack) {}

    /** For subclasses. */
    protected ConstructContract() {}

    /**
     * Creates the construct with what is required, and nothing else.
     *
     * @param scope where to create it
     * @param id the id to give it
     * @return the construct
     */
    protected abstract Construct minimal(Construct scope, String id);

    /**
     * Creates the construct with every option that makes it create or allow something.
     *
     * @param scope where to create it
     * @param id the id to give it
     * @return the construct
     */
    protected abstract Construct maximal(Construct scope, String id);

    /**
     * Creates the stack that the construct is put in; for constructs that need one of a certain account or region.
     *
     * <p>Default: a stack of no certain account and region.
     *
     * @param scope where to create it
     * @param id the id to give it
     * @return a stack with nothing in it
     */
    protected Stack stack(Construct scope, String id) {
        return new Stack(scope, id);
    }

    /**
     * Returns which logical ids may lie outside the construct, because a stack has the element once for all who use it.
     *
     * <p>Default: what lies under the stack's child {@code Ashlar}.
     *
     * @return regular expressions for whole logical ids
     */
    protected Set<String> sharedResources() {
        return Set.of("Ashlar.*");
    }

    /**
     * Returns what the construct's policies may leave open, and why.
     *
     * <p>Default: nothing more than AWS itself cannot narrow, see {@link StackAssert#hasNoWildcards()}.
     *
     * @return permissions and reasons
     */
    protected Map<Permission, String> allowedWildcards() {
        return Map.of();
    }

    /**
     * Returns the types of the resources that hold data.
     *
     * <p>Default: those that {@link StackAssert#retainsData()} lists.
     *
     * @return CloudFormation's names of the types
     */
    protected Set<String> dataTypes() {
        return DataPolicies.TYPES;
    }

    /**
     * Returns the context that makes the construct leave nothing behind when it is deleted.
     *
     * <p>Default: {@code ashlar:profile = development}. An empty map leaves {@link #deletesDataInDevelopment()} without
     * tests.
     *
     * @return context keys and values
     */
    protected Map<String, Object> developmentContext() {
        return Map.of("ashlar:profile", "development");
    }

    /**
     * Returns with what the options of the construct's builder are tried, in pairs and by chance.
     *
     * <p>Default: nothing, they are not tried.
     *
     * @return what is required, and values that the kit cannot know
     */
    protected Optional<Options> options() {
        return Optional.empty();
    }

    /**
     * Tests that all logical ids in the template begin with the construct's id: nothing is put beside it, where the
     * next one would collide with it.
     *
     * @return a test for each form
     */
    @TestFactory
    protected Stream<DynamicTest> ownsAllThatItCreates() {
        return inBothForms(form -> {
            Specimen specimen = specimen(form);
            String path = specimen.construct().getNode().getPath();
            check(
                    "the construct must be created where and as it is told",
                    path.equals(STACK + "/" + SUBJECT) ? List.of() : List.of(path),
                    "Pass scope and id on, and return that construct.");
            check(
                    "logical ids must begin with the id of the construct",
                    new Ownership(sharedResources()).strays(specimen.stack(), SUBJECT),
                    "Create them below the construct, or name them in sharedResources().");
        });
    }

    /**
     * Tests that a second one in the same stack gets all resources of its own.
     *
     * @return a test for each form
     */
    @TestFactory
    protected Stream<DynamicTest> livesTwiceInOneStack() {
        return inBothForms(form -> {
            Stack stack = stack(TestApp.createWithOnly(Map.of()), STACK);
            TWINS.forEach(id -> create(form, stack, id));

            Ownership ownership = new Ownership(sharedResources());
            check(
                    "two in one stack must have all resources of one, each",
                    ownership.missing(specimen(form).stack(), SUBJECT, SynthesizedStack.of(stack), TWINS),
                    "Give each construct its own, or name what is shared in sharedResources().");
        });
    }

    /**
     * Tests that roles are allowed nothing that is not named, and that not anyone is let in.
     *
     * @return a test for each form
     * @see StackAssert#hasNoWildcards()
     */
    @TestFactory
    protected Stream<DynamicTest> grantsNoWildcards() {
        return inBothForms(form -> check(
                "policies must have no wildcards",
                new WildcardRule(allowedWildcards()).findings(specimen(form).stack()),
                "Name what is needed, or allow it with a reason in allowedWildcards()."));
    }

    /**
     * Tests that the minimal form leaves names to CloudFormation, which can then replace a resource while the old one
     * still exists.
     */
    @Test
    protected void setsNoPhysicalNames() {
        check(
                "physical names must be left to CloudFormation",
                PhysicalNames.in(specimen(Form.MINIMAL).stack()),
                "Set a name only where the user gives one.");
    }

    /**
     * Tests that the class, its props and both builders have the shape that CDK's own constructs have: {@code X(scope,
     * id, props)}, {@code X.Builder.create(scope, id)} and {@code XProps.builder()}, with the same fluent setters on
     * both builders, and a getter on the props for each. A construct without any props has {@code X(scope, id)} alone.
     */
    @Test
    protected void offersTheSameSettersOnBothBuilders() {
        check(
                "builder and props must offer the same",
                BuilderShape.problems(
                        specimen(Form.MINIMAL).construct().getClass(), stack(TestApp.createWithOnly(Map.of()), STACK)),
                "Write the setters once, in a class that both builders extend.");
    }

    /**
     * Tests that the construct's class is final and has no method but {@code getX}, {@code isX}, {@code addX}, {@code
     * grantX}, {@code metricX}, those of its interfaces, and private ones. CDK's engine takes any other for an override
     * of one of its own when the names meet.
     */
    @Test
    protected void exposesNothingElse() {
        check(
                "the class must be final, with public methods getX, isX, addX, grantX, metricX only",
                ConstructShape.problems(specimen(Form.MINIMAL).construct().getClass()),
                "Make other methods private, or move them to a class that is no construct.");
    }

    /**
     * Tests that data outlives the stack, and the replacement of its resource.
     *
     * @return a test for each form
     */
    @TestFactory
    protected Stream<DynamicTest> keepsData() {
        return inBothForms(form -> check(
                "data must be kept",
                new DataPolicies(dataTypes()).lost(specimen(form).stack()),
                "Set the removal policy RETAIN, or leave the type out of dataTypes()."));
    }

    /**
     * Tests that in development nothing is left behind.
     *
     * @return a test for each form; none if there is no {@link #developmentContext()}
     */
    @TestFactory
    protected Stream<DynamicTest> deletesDataInDevelopment() {
        Map<String, Object> context = developmentContext();
        if (context.isEmpty()) {
            return Stream.empty();
        }
        return inBothForms(form -> check(
                "data must be deleted in development",
                new DataPolicies(dataTypes()).kept(synthesize(form, context)),
                "Set the removal policy DESTROY there, or return an empty developmentContext()."));
    }

    /**
     * Tests that the template is the same in a stage, apart from names that are made of the construct's path.
     *
     * @return a test for each form
     */
    @TestFactory
    protected Stream<DynamicTest> isTheSameInAStage() {
        return inBothForms(form -> {
            Stage stage = new Stage(TestApp.createWithOnly(Map.of()), STAGE);
            Stack stack = stack(stage, STACK);
            create(form, stack, SUBJECT);

            JsonNode outside = Mask.of(specimen(form).stack().template());
            JsonNode inside = Mask.of(SynthesizedStack.of(stack).template());
            checkSame(
                    "in a stage",
                    outside,
                    new PathNames(STAGE, STACK).reconcile(outside, inside),
                    "Make it depend on nothing above its own stack.");
        });
    }

    /**
     * Tests that the template is the same with no feature flags of CDK, with those that this CDK recommends, and with
     * those of the nearest {@code cdk.json}, apart from the form of policies, which IAM does not see. Where
     * neither is known, as with an old CDK, the test is aborted.
     *
     * @return a test for each form
     */
    @TestFactory
    protected Stream<DynamicTest> isTheSameWhateverTheFeatureFlags() {
        return inBothForms(form -> {
            SynthesizedStack without = specimen(form).stack();
            Map<String, Object> flags = new HashMap<>(FeatureFlags.recommended(without.assembly()));
            flags.putAll(FeatureFlags.ofProject());
            if (flags.isEmpty()) {
                throw new TestAbortedException(
                        "no feature flags are known: this CDK reports none, and the nearest" + " cdk.json sets none");
            }
            checkSame(
                    "whatever the feature flags",
                    Statements.splitIn(without.template()),
                    Statements.splitIn(synthesize(form, flags).template()),
                    "Set explicitly what a flag decides.");
        });
    }

    /**
     * Tests that nothing in the template depends on time, chance or the order of a hash table.
     *
     * @return a test for each form
     */
    @TestFactory
    protected Stream<DynamicTest> isTheSameTwice() {
        return inBothForms(form -> checkSame(
                "each time",
                specimen(form).stack().template(),
                synthesize(form, Map.of()).template(),
                "Make it depend on its props only."));
    }

    /**
     * Tests that each form is as it was reviewed: compares its template with the snapshots {@code minimal.json} and
     * {@code maximal.json} of the test class, and its {@linkplain PermissionReport permission report} with {@code
     * minimal.permissions.json} and {@code maximal.permissions.json}.
     *
     * @return a test for each form
     * @see StackAssert#matchesSnapshot(String)
     * @see StackAssert#permissionsMatchSnapshot(String)
     */
    @TestFactory
    protected Stream<DynamicTest> isAsReviewed() {
        Snapshots snapshots = Snapshots.ofThisBuild();
        return inBothForms(form -> {
            SynthesizedStack stack = specimen(form).stack();
            Subject subject = new Subject(stack.path(), List.of(stack), false, List.of(), name(form));
            snapshots.of(subject, getClass()).matches();
            snapshots
                    .of(subject.permissions().named(name(form) + ".permissions"), getClass())
                    .matches();
        });
    }

    /**
     * Tests each value of each option alone, and all pairs of them: the construct keeps the contract, or throws an
     * {@code IllegalArgumentException} or {@code IllegalStateException} that says {@code [path] prop must ...}, or a
     * {@code NullPointerException} that names what is missing. An option that changes nothing in the template is a
     * failure, and so is null where it changes something.
     *
     * @return a test; none if there are no {@link #options()}
     */
    @TestFactory
    protected Stream<DynamicTest> worksWithAllPairsOfOptions() {
        return options().stream()
                .map(options -> DynamicTest.dynamicTest(
                        "all pairs",
                        () -> check(
                                "options must be taken, or refused with a message of the construct's own",
                                new Combinations(options, trials(), seed()).findings(),
                                "Check them in the constructor, before the first child.")));
    }

    /**
     * Tests calls of the builder's setters by chance: what comes of them keeps the contract, or is refused as {@link
     * #worksWithAllPairsOfOptions()} says. The system property {@code ashlar.sequences} says how many sequences of calls
     * there are, 50 unless given; {@code ashlar.seed} which ones. Both are printed.
     *
     * @return a test; none if there are no {@link #options()}
     */
    @TestFactory
    protected Stream<DynamicTest> worksWithAnyCalls() {
        int count = Integer.getInteger("ashlar.sequences", DEFAULT_SEQUENCES);
        return options().stream()
                .map(options -> DynamicTest.dynamicTest(
                        count + " sequences of calls",
                        () -> check(
                                "any calls must be taken, or refused with a message of the construct's own",
                                new Sequences(options, trials(), seed(), count).findings(),
                                "Try again with -Dashlar.seed=" + seed() + " -Dashlar.sequences=" + count)));
    }

    private static long seed() {
        return Long.getLong("ashlar.seed", 1);
    }

    private Trials trials() {
        return new Trials(
                specimen(Form.MINIMAL).construct().getClass(),
                () -> stack(TestApp.createWithOnly(Map.of()), STACK),
                this::broken);
    }

    /** {@return what is wrong with a stack that holds the construct} */
    private List<String> broken(SynthesizedStack stack, boolean withData) {
        List<String> broken = new ArrayList<>(new Ownership(sharedResources()).strays(stack, SUBJECT));
        broken.addAll(new WildcardRule(allowedWildcards()).findings(stack));
        if (withData) {
            broken.addAll(new DataPolicies(dataTypes()).lost(stack));
        }
        broken.addAll(new StackLimits(1).findings(stack));
        return broken;
    }

    private static Stream<DynamicTest> inBothForms(Consumer<Form> test) {
        return Stream.of(Form.values())
                .map(form -> DynamicTest.dynamicTest(name(form) + " form", () -> test.accept(form)));
    }

    private static String name(Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private Specimen specimen(Form form) {
        return specimens.computeIfAbsent(form, key -> {
            Stack stack = stack(TestApp.createWithOnly(Map.of()), STACK);
            return new Specimen(create(form, stack, SUBJECT), SynthesizedStack.of(stack));
        });
    }

    private SynthesizedStack synthesize(Form form, Map<String, Object> context) {
        Stack stack = stack(TestApp.createWithOnly(context), STACK);
        create(form, stack, SUBJECT);
        return SynthesizedStack.of(stack);
    }

    private Construct create(Form form, Construct scope, String id) {
        return form == Form.MINIMAL ? minimal(scope, id) : maximal(scope, id);
    }

    private void checkSame(String when, JsonNode expected, JsonNode actual, String wayOut) {
        Failure.unlessSame(
                "[" + getClass().getSimpleName() + "] the template must be the same " + when, expected, actual, wayOut);
    }

    private void check(String rule, List<String> findings, String wayOut) {
        if (!findings.isEmpty()) {
            throw Failure.of(getClass().getSimpleName(), rule, findings, wayOut);
        }
    }
}
