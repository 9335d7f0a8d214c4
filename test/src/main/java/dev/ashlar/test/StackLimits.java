package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of what AWS accepts a stack uses. */
final class StackLimits {
    private static final int TEMPLATE_BYTES = 1_000_000;
    private static final int MANAGED_POLICY_CHARACTERS = 6_144;
    private static final int BUCKET_POLICY_BYTES = 20 * 1024;
    private static final int QUEUE_POLICY_BYTES = 8_192;
    private static final int FUNCTION_POLICY_BYTES = 20 * 1024;

    private static final Map<String, Integer> SECTIONS =
            new TreeMap<>(Map.of("Resources", 500, "Outputs", 200, "Parameters", 200, "Mappings", 200));

    /** Characters that the policies in an identity may have together. */
    private static final Map<String, Integer> IDENTITIES =
            Map.of("AWS::IAM::Role", 10_240, "AWS::IAM::Group", 5_120, "AWS::IAM::User", 2_048);

    private final double share;

    StackLimits(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, got " + share);
        }
        this.share = share;
    }

    /** {@return which limits are meant} */
    String description() {
        return share == 1 ? "AWS's limits" : share + " of AWS's limits";
    }

    /** {@return a line for each size that is beyond the share of its limit} */
    List<String> findings(SynthesizedStack stack) {
        List<String> findings = new ArrayList<>();
        SECTIONS.forEach((section, limit) ->
                check(findings, section, stack.template().path(section).size(), limit, ""));
        check(findings, "template", stack.size(), TEMPLATE_BYTES, " bytes");
        PolicySizes sizes = PolicySizes.of(stack);
        for (Resource resource : stack.resources()) {
            String path = resource.path();
            JsonNode policy = resource.properties().path("PolicyDocument");
            switch (resource.type()) {
                case "AWS::IAM::ManagedPolicy" ->
                    check(findings, path, sizes.of(policy), MANAGED_POLICY_CHARACTERS, " characters");
                case "AWS::S3::BucketPolicy" -> check(findings, path, sizes.of(policy), BUCKET_POLICY_BYTES, " bytes");
                case "AWS::SQS::QueuePolicy" -> check(findings, path, sizes.of(policy), QUEUE_POLICY_BYTES, " bytes");
                default -> {
                    int limit = IDENTITIES.getOrDefault(resource.type(), 0);
                    if (limit > 0) {
                        check(findings, path, sizes.inIdentity(resource), limit, " characters in its policies");
                    }
                }
            }
        }
        sizes.inFunctions()
                .forEach((function, size) ->
                        check(findings, function, size, FUNCTION_POLICY_BYTES, " bytes in its permissions"));
        return findings;
    }

    private void check(List<String> findings, String what, int size, int limit, String unit) {
        if (size > limit * share) {
            findings.add(what + ": " + size + " of " + limit + unit);
        }
    }
}
