package dev.ashlar.local.internal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A statement of a policy, all of whose values are resolved.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">Elements</a>
 */
public final class Statement {
    private final boolean denies;
    private final boolean negatesActions;
    private final List<String> actions;
    private final boolean negatesResources;
    private final List<String> resources;
    private final Conditions conditions;
    private final Principals principals;

    private Statement(JsonNode statement) {
        this.denies = statement.path("Effect").asText().equals("Deny");
        this.negatesActions = statement.has("NotAction");
        this.actions = texts(statement.path(negatesActions ? "NotAction" : "Action"));
        this.negatesResources = statement.has("NotResource");
        this.resources = texts(statement.path(negatesResources ? "NotResource" : "Resource"));
        this.conditions = Conditions.of(statement.path("Condition"));
        this.principals = Principals.of(statement);
    }

    /** {@return a statement of a policy} */
    public static Statement of(JsonNode statement) {
        return new Statement(statement);
    }

    /** {@return the statements of a policy document} */
    public static List<Statement> allOf(JsonNode document) {
        JsonNode statements = document.path("Statement");
        return (statements.isArray() ? statements.valueStream() : Stream.of(statements))
                .filter(JsonNode::isObject)
                .map(Statement::of)
                .toList();
    }

    boolean denies() {
        return denies;
    }

    Principals principals() {
        return principals;
    }

    /**
     * Returns whether this is about a request, whoever sends it.
     *
     * @param unknownKeys is given the condition keys that are not known here, if all else of the statement fits
     */
    boolean appliesTo(AccessRequest request, Set<String> unknownKeys) {
        return namesAction(request) && namesResource(request) && conditions.hold(request, unknownKeys);
    }

    private boolean namesAction(AccessRequest request) {
        return actions.stream().anyMatch(action -> Wildcards.matchesIgnoringCase(action, request.action()))
                != negatesActions;
    }

    private boolean namesResource(AccessRequest request) {
        // A queue's policy may leave the resource out: it is the queue.
        if (resources.isEmpty()) {
            return !negatesResources;
        }
        Function<String, Optional<Boolean>> match =
                pattern -> Wildcards.matchesArn(pattern, request.resource(), request);
        List<Optional<Boolean>> matches = resources.stream().map(match).toList();
        if (negatesResources && matches.stream().anyMatch(Optional::isEmpty)) {
            return false;
        }
        return matches.stream().anyMatch(result -> result.orElse(false)) != negatesResources;
    }

    static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else if (!value.isMissingNode()) {
            texts.add(value.asText());
        }
        return texts;
    }
}
