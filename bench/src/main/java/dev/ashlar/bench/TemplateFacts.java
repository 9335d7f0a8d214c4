package dev.ashlar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** What can be counted in a template. */
final class TemplateFacts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode resources;

    private TemplateFacts(JsonNode template) {
        this.resources = template.path("Resources");
    }

    static TemplateFacts of(Stack stack) {
        return of(JSON.valueToTree(Template.fromStack(stack).toJSON()));
    }

    static TemplateFacts of(JsonNode template) {
        return new TemplateFacts(template);
    }

    /** {@return how many resources there are of each type} */
    SortedMap<String, Long> types() {
        return all().collect(Collectors.groupingBy(TemplateFacts::type, TreeMap::new, Collectors.counting()));
    }

    int resources() {
        return resources.size();
    }

    /** {@return how many functions there are beyond the one that was asked for} */
    long helpers(long wanted) {
        return types().getOrDefault("AWS::Lambda::Function", 0L) - wanted;
    }

    long customResources() {
        return types().entrySet().stream()
                .filter(type -> type.getKey().startsWith("Custom::")
                        || type.getKey().equals("AWS::CloudFormation::CustomResource"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** {@return how many statements allow a role actions with a wildcard, or anything on all resources, or come with a managed policy} */
    long wildcards() {
        long managed = all().filter(resource -> type(resource).equals("AWS::IAM::Role"))
                .mapToLong(role -> role.at("/Properties/ManagedPolicyArns").size())
                .sum();
        return managed + statements().filter(TemplateFacts::isWide).count();
    }

    /** Fails unless both have the same resources, but for names that are made up. */
    static void requireSame(String what, TemplateFacts ours, TemplateFacts against) {
        List<String> here = NeutralTemplate.resourcesOf(ours.resources);
        List<String> there = NeutralTemplate.resourcesOf(against.resources);
        if (!here.equals(there)) {
            throw new IllegalStateException("%s must be the same template on both sides, got\n  %s\nand\n  %s"
                    .formatted(what, onlyIn(here, there), onlyIn(there, here)));
        }
    }

    private static String onlyIn(List<String> here, List<String> there) {
        List<String> only = new ArrayList<>(here);
        there.forEach(only::remove);
        return String.join("\n  ", only);
    }

    /** {@return which types are more here than there, and by how many} */
    static Map<String, Long> without(Map<String, Long> here, Map<String, Long> there) {
        Map<String, Long> more = new TreeMap<>();
        here.forEach((type, count) -> {
            long difference = count - there.getOrDefault(type, 0L);
            if (difference > 0) {
                more.put(type, difference);
            }
        });
        return more;
    }

    private Stream<JsonNode> all() {
        return elements(resources);
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }

    private Stream<JsonNode> statements() {
        return all().flatMap(resource -> {
                    List<JsonNode> documents = new ArrayList<>();
                    if (type(resource).equals("AWS::IAM::Policy")) {
                        documents.add(resource.at("/Properties/PolicyDocument"));
                    } else if (type(resource).equals("AWS::IAM::Role")) {
                        elements(resource.at("/Properties/Policies"))
                                .forEach(policy -> documents.add(policy.path("PolicyDocument")));
                    }
                    return documents.stream();
                })
                .flatMap(document -> elements(document.path("Statement")))
                .filter(statement -> statement.path("Effect").asText().equals("Allow"));
    }

    private static boolean isWide(JsonNode statement) {
        return texts(statement.path("Action")).anyMatch(action -> action.contains("*"))
                || texts(statement.path("Resource")).anyMatch("*"::equals);
    }

    private static Stream<String> texts(JsonNode oneOrMany) {
        return oneOrMany.isArray() ? elements(oneOrMany).map(JsonNode::asText) : Stream.of(oneOrMany.asText());
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
