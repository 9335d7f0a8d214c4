package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.Principal.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads whom the policies of a stack name. */
final class Principals {
    private static final Map<String, Kind> KINDS = Map.of(
            "AWS", Kind.ARN,
            "Service", Kind.SERVICE,
            "Federated", Kind.FEDERATED,
            "CanonicalUser", Kind.CANONICAL_USER);

    /** An account by its id or as the ARN of its root, which mean the same. */
    private static final Pattern ACCOUNT = Pattern.compile(
            "(?:arn:(?:[a-z-]+|\\$\\{AWS::Partition}):iam::)?(\\d{12}|\\$\\{AWS::AccountId})(?::root)?");

    /** Properties such as those of a Lambda permission do not say of which kind their principal is. */
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]*\\..*");

    private final ReadableText text;
    private final Map<String, Principal> identities = new HashMap<>();

    Principals(SynthesizedStack stack) {
        this.text = new ReadableText(stack.constructs());
        for (SynthesizedStack.Resource resource : stack.resources()) {
            Kind kind = IdentityPolicies.IDENTITIES.get(resource.type());
            if (kind != null) {
                identities.put("${" + resource.path() + ".Arn}", new Principal(kind, resource.path()));
            }
        }
    }

    /** {@return those that a statement is about; none if it does not say} */
    Stream<Principal> in(JsonNode statement) {
        JsonNode others = statement.path("NotPrincipal");
        if (!others.isMissingNode()) {
            String names = named(others).map(Principal::name).sorted().collect(Collectors.joining(", "));
            return Stream.of(new Principal(Kind.ANYONE, "anyone but " + names));
        }
        return named(statement.path("Principal"));
    }

    private Stream<Principal> named(JsonNode principal) {
        return PolicyReader.each(principal)
                .flatMap(value -> KINDS.keySet().stream().anyMatch(value::has)
                        ? value.properties().stream()
                                .flatMap(kind -> PolicyReader.each(kind.getValue())
                                        .map(name -> read(KINDS.getOrDefault(kind.getKey(), Kind.ARN), name)))
                        : Stream.of(read(SERVICE.matcher(text.of(value)).matches() ? Kind.SERVICE : Kind.ARN, value)));
    }

    private Principal read(Kind kind, JsonNode value) {
        String name = text.of(value);
        if (name.equals("*")) {
            return Principal.ANYONE;
        }
        if (kind != Kind.ARN) {
            return new Principal(kind, name);
        }
        Matcher account = ACCOUNT.matcher(name);
        if (account.matches()) {
            return new Principal(Kind.ACCOUNT, "account " + account.group(1));
        }
        return identities.getOrDefault(name, new Principal(Kind.ARN, name));
    }
}
