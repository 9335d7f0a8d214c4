package dev.ashlar.patterns.s3;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.queue.internal.Batches;
import dev.ashlar.constructs.queue.internal.QueueWatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.IBucket;

/** Checks the options of a processor before anything is made. */
final class S3ProcessorChecks {
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]+)?");

    private final S3Processor processor;
    private final S3ProcessorProps props;
    private final Check check;

    S3ProcessorChecks(S3Processor processor, S3ProcessorProps props) {
        this.processor = processor;
        this.props = props;
        this.check = Check.of(processor);
    }

    void check(Batches batches) {
        checkInputs();
        checkOutput();
        checkDirect();
        checkBucket();
        if (!props.isDirect()) {
            check.between("batchSize", batches.size(), 1, 10, "events");
            batches.check(processor, false);
        }
        QueueWatch.check(processor, props.getAlarms());
    }

    private void checkInputs() {
        Set<ObjectChange> changes = props.getChanges();
        check.that(!changes.isEmpty(), "changes must be at least one, got none; leave them out for CREATED");
        for (ObjectFilter input : props.getInputs()) {
            input.check(check);
            check.that(
                    !input.looksAtSize() || !changes.contains(ObjectChange.REMOVED),
                    "input must not have a minimumSize with changes REMOVED, got both; S3 tells no size of what was removed");
        }
    }

    /** What is written under an input is processed again, without an end, and AWS sees no such loops through EventBridge. */
    private void checkOutput() {
        String output = props.getOutput();
        if (output == null) {
            return;
        }
        check.that(
                KeyPrefix.isValid(output) || (output.isEmpty() && props.getOutputBucket() != null),
                "output must be a key prefix without a leading / and without * ? $, got \"" + output
                        + "\"; for a whole bucket name another one");
        Boolean same = isBucketOfInput(props.getOutputBucket());
        if (Boolean.FALSE.equals(same) || !props.getChanges().contains(ObjectChange.CREATED)) {
            return;
        }
        for (String input : prefixes()) {
            boolean undecided = Tokens.isUnresolved(input) || Tokens.isUnresolved(output);
            if (!undecided && !KeyPrefix.overlap(input, output)) {
                continue;
            }
            check.that(
                    undecided || same == null,
                    "output must not share objects with input, got \"" + output + "\" and \"" + input
                            + "\", so that each output is processed again; write beside the input, or to another bucket");
            Annotations.of(processor)
                    .addWarningV2(
                            "ashlar:outputMayLoop",
                            "output should be known not to share objects with input, got names that are not known at synth;"
                                    + " acknowledge this if what is written is not processed again");
        }
    }

    private List<String> prefixes() {
        return props.getInputs().isEmpty()
                ? List.of("")
                : props.getInputs().stream().map(ObjectFilter::prefix).toList();
    }

    /** Whether the output goes to the bucket of the input; null if nobody knows. */
    private @Nullable Boolean isBucketOfInput(@Nullable IBucket output) {
        IBucket input = props.getBucket();
        if (output == null || output.equals(input)) {
            return true;
        }
        if (input == null) {
            // Nobody has the own bucket yet.
            return false;
        }
        Object one = nameOf(input);
        Object other = nameOf(output);
        boolean known = one instanceof String && other instanceof String;
        if (one.equals(other) && (known || Stack.of(input).equals(Stack.of(output)))) {
            return true;
        }
        return (known || (isCreated(input) && isCreated(output))) ? false : null;
    }

    /** The name, or the reference that stands for it in the bucket's stack. */
    private static Object nameOf(IBucket bucket) {
        return Stack.of(bucket).resolve(bucket.getBucketName());
    }

    private static boolean isCreated(IBucket bucket) {
        return bucket.getNode().getDefaultChild() instanceof CfnBucket;
    }

    private void checkDirect() {
        if (!props.isDirect()) {
            return;
        }
        String given = given(Map.of(
                "batchSize", props.getBatchSize() != null,
                "maxConcurrency", props.getMaxConcurrency() != null));
        check.that(
                given.isEmpty(),
                "direct must not be given together with " + given
                        + ", got both; without a queue reservedConcurrentExecutions of the function is the only limit");
        check.that(
                props.getFunction() == null || props.getFunction().getOnFailure() != null,
                "function must have onFailure with direct, got "
                        + (props.getFunction() == null
                                ? ""
                                : props.getFunction().getNode().getPath())
                        + " without; set a DeadLetterQueue where the function is made");
    }

    private void checkBucket() {
        Map<String, Boolean> options = new LinkedHashMap<>();
        options.put("corsOrigins", !props.getCorsOrigins().isEmpty());
        options.put("customizeBucket", props.getCustomizeBucket() != null);
        String given = given(options);
        check.that(
                props.getBucket() == null || given.isEmpty(),
                "bucket must not be given together with " + given + ", got both; set these where the bucket is made");
        List<String> origins = props.getCorsOrigins();
        for (String origin : origins) {
            boolean isAny = origin.equals("*") && origins.size() == 1;
            check.that(
                    Tokens.isUnresolved(origin)
                            || isAny
                            || ORIGIN.matcher(origin).matches(),
                    "corsOrigins must be origins such as https://www.example.com, without a path, or * alone, got \""
                            + origin + "\"");
        }
    }

    private static String given(Map<String, Boolean> options) {
        return String.join(
                ", ",
                options.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }
}
