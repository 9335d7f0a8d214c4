package dev.ashlar.examples;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which resources of a template wait for which, as CloudFormation finds out: DependsOn, Ref, Fn::GetAtt and Fn::Sub. */
final class TemplateGraph {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)(\\.[A-Za-z0-9.]+)?}");

    private final JsonNode resources;
    private final Map<String, Set<String>> awaited = new HashMap<>();

    TemplateGraph(JsonNode template) {
        resources = template.get("Resources");
        resources.properties().forEach(resource -> {
            Set<String> names = new HashSet<>();
            collect(resource.getValue(), names);
            names.removeIf(name -> !resources.has(name));
            awaited.put(resource.getKey(), names);
        });
    }

    private static void collect(JsonNode node, Set<String> names) {
        JsonNode before = node.path("DependsOn");
        before.forEach(name -> names.add(name.asText()));
        names.add(before.asText());
        names.add(node.path("Ref").asText());
        JsonNode attribute = node.path("Fn::GetAtt");
        names.add(
                attribute.isTextual()
                        ? attribute.asText().split("\\.", 2)[0]
                        : attribute.path(0).asText());
        JsonNode text = node.path("Fn::Sub");
        Matcher variable =
                VARIABLE.matcher(text.isTextual() ? text.asText() : text.path(0).asText());
        while (variable.find()) {
            names.add(variable.group(1));
        }
        node.forEach(child -> collect(child, names));
    }

    /** {@return what waits for what, by the last words of their types: {@code Route Authorizer}} */
    Set<String> ways() {
        Set<String> ways = new TreeSet<>();
        awaited.forEach((name, others) -> others.forEach(other -> ways.add(typeOf(name) + " " + typeOf(other))));
        return ways;
    }

    /** {@return the resources that wait for each other in a circle, and those in between: none, if it can be deployed} */
    Set<String> cycle() {
        Set<String> left = new TreeSet<>(awaited.keySet());
        Set<String> ends;
        do {
            ends = left.stream().filter(name -> isEnd(name, left)).collect(toCollection(HashSet::new));
            left.removeAll(ends);
        } while (!ends.isEmpty());
        return left;
    }

    /** Whether a resource waits for none of the others, or none of them for it. */
    private boolean isEnd(String name, Set<String> others) {
        return awaited.getOrDefault(name, Set.of()).stream().noneMatch(others::contains)
                || others.stream()
                        .noneMatch(
                                other -> awaited.getOrDefault(other, Set.of()).contains(name));
    }

    private String typeOf(String name) {
        String type = resources.path(name).path("Type").asText();
        return type.substring(type.lastIndexOf(':') + 1);
    }
}
