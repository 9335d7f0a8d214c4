package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes the form of policies out of a template, and leaves what they say: CDK sorts and merges statements by a flag, and IAM
 * sees no difference.
 */
final class Statements {
    private Statements() {}

    /** {@return a copy of the template with one statement for each action and resource, sorted} */
    static JsonNode splitIn(JsonNode template) {
        JsonNode copy = template.deepCopy();
        copy.findParents("Statement").forEach(policy -> {
            if (policy.get("Statement") instanceof ArrayNode statements) {
                ((ObjectNode) policy).set("Statement", split(statements));
            }
        });
        return copy;
    }

    private static ArrayNode split(ArrayNode statements) {
        SortedMap<String, JsonNode> single = new TreeMap<>();
        stream(statements)
                .flatMap(statement -> oneForEach(statement, "Action"))
                .flatMap(statement -> oneForEach(statement, "Resource"))
                .forEach(statement -> single.put(statement.toString(), statement));
        return statements.arrayNode().addAll(List.copyOf(single.values()));
    }

    private static Stream<JsonNode> oneForEach(JsonNode statement, String field) {
        return statement.get(field) instanceof ArrayNode values
                ? stream(values).map(value -> ((ObjectNode) statement.deepCopy()).set(field, value))
                : Stream.of(statement);
    }

    private static Stream<JsonNode> stream(ArrayNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
