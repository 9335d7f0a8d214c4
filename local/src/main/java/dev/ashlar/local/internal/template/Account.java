package dev.ashlar.local.internal.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stack is said to be.
 *
 * @param id the account
 * @param region the region
 */
public record Account(String id, String region) {
    /** The account of a stack that names none. ElasticMQ and the SDK's tests know the same one. */
    public static final String UNKNOWN_ID = "000000000000";

    /** The region of a stack that names none. */
    public static final String UNKNOWN_REGION = "us-east-1";

    private static final Pattern ENVIRONMENT = Pattern.compile("aws://([^/]+)/(.+)");

    /** {@return where a stack is to be deployed, with an account and a region that stand for those it does not name} */
    public static Account of(AssemblyStack stack) {
        Matcher environment = ENVIRONMENT.matcher(stack.environment());
        Optional<Matcher> known = Optional.of(environment).filter(Matcher::matches);
        return new Account(
                UNKNOWN_ID,
                known.map(match -> match.group(2))
                        .filter(region -> !region.equals("unknown-region"))
                        .orElse(UNKNOWN_REGION));
    }

    String pseudoParameter(String name, String stackName) {
        return switch (name) {
            case "AWS::AccountId" -> id;
            case "AWS::Region" -> region;
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            case "AWS::StackName" -> stackName;
            case "AWS::StackId" -> "arn:aws:cloudformation:%s:%s:stack/%s/local".formatted(region, id, stackName);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
