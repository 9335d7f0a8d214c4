package dev.ashlar.test;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What belongs to a stack's own account, as far as the template tells. */
final class OwnAccount {
    /** Of resources like these nobody knows what their attributes will be. */
    private static final Set<String> UNKNOWN = Set.of("AWS::CloudFormation::CustomResource");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
    private static final int ACCOUNT = 4;
    private static final int REST = 5;

    private final Set<String> accounts;
    private final List<String> references;

    OwnAccount(SynthesizedStack stack) {
        // The second is a variable of IAM's own.
        this.accounts = Set.of("${AWS::AccountId}", "${aws:ResourceAccount}", stack.account());
        this.references = stack.resources().stream()
                .filter(resource -> !resource.type().startsWith("Custom::") && !UNKNOWN.contains(resource.type()))
                .map(resource -> "${" + resource.path())
                .toList();
    }

    boolean isAccount(String id) {
        return accounts.contains(id);
    }

    /** {@return whether a text names a resource of the stack, or of one that it imports from, or something below it} */
    boolean refersToResource(String text) {
        // An output is imported within an account only. CDK gives a nested stack its parent's resources as parameters.
        if (text.startsWith("Fn::ImportValue(")) {
            return isBelow(text.substring(text.lastIndexOf(')') + 1));
        }
        return Stream.concat(references.stream(), Stream.of("${reference-to-"))
                .filter(text::startsWith)
                .map(start -> text.substring(start.length()))
                .filter(rest -> rest.startsWith(".") || rest.startsWith("}") || text.startsWith("${reference-to-"))
                .anyMatch(rest -> isBelow(rest.substring(rest.indexOf('}') + 1)));
    }

    /** {@return whether a name ends here: what has no account in its ARN may be continued to that of somebody else} */
    private static boolean isBelow(String rest) {
        return rest.isEmpty() || rest.startsWith("/") || rest.startsWith(":");
    }

    /**
     * Tells whether all that an ARN may name belongs to the account.
     *
     * @param acrossParts whether wildcards match colons too, as they do in strings
     */
    boolean owns(String arn, boolean acrossParts) {
        if (refersToResource(arn)) {
            return true;
        }
        // References hide their colons.
        List<String> parts = List.of(REFERENCE
                .matcher(arn)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().replace(':', '\0')))
                .split(":", REST + 1));
        if (parts.size() <= REST) {
            return false;
        }
        String account = parts.get(ACCOUNT).replace('\0', ':');
        if (isAccount(account)) {
            return !acrossParts || parts.subList(0, ACCOUNT).stream().noneMatch(OwnAccount::hasWildcard);
        }
        // What has no account in its ARN, such as a bucket, is known by its name.
        String rest = parts.get(REST).replace('\0', ':');
        int start = Math.max(rest.indexOf("${"), 0);
        String before = rest.substring(0, start);
        boolean named = account.isEmpty() ? before.isEmpty() || before.startsWith("/") : account.equals("cloudfront");
        return named && !hasWildcard(before) && refersToResource(rest.substring(start));
    }

    static boolean hasWildcard(String text) {
        String plain = REFERENCE.matcher(text).replaceAll("");
        return plain.contains("*") || plain.contains("?");
    }
}
