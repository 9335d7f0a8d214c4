package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a template and does not matter: its values are written as {@code <ignored>} in snapshots.
 *
 * <pre>{@code
 * assertThat(stack)
 *         .ignoring(Noise.ofType("AWS::Lambda::Function").property("Environment.Variables.BUILD_TIME"))
 *         .ignoring(Noise.at("Legacy"))
 *         .matchesSnapshot();
 * }</pre>
 *
 * <p>Names stay: that a resource or a property appears or disappears still shows. The guards that compare with a
 * snapshot do not see what is ignored.
 */
public final class Noise {
    private static final String WORD = "<ignored>";

    private final String description;
    private final Predicate<SynthesizedStack.Resource> resources;
    private final @Nullable String property;

    private Noise(String description, Predicate<SynthesizedStack.Resource> resources, @Nullable String property) {
        this.description = description;
        this.resources = resources;
        this.property = property;
    }

    /**
     * Returns all properties of the resources of a type.
     *
     * @param type CloudFormation's name of the type, such as {@code Custom::Magic}
     * @return the noise
     */
    public static Noise ofType(String type) {
        return new Noise("type " + type, resource -> resource.type().equals(type), null);
    }

    /**
     * Returns all properties of the resources of a construct and of those below it.
     *
     * @param path the construct's path within the stack, such as {@code Web/Function}, or a logical id
     * @return the noise
     */
    public static Noise at(String path) {
        return new Noise(
                "path " + path,
                resource -> resource.path().equals(path)
                        || resource.path().startsWith(path + "/")
                        || resource.id().equals(path),
                null);
    }

    /**
     * Returns one property of all resources that have it.
     *
     * @param property its name, with those of the objects around it: {@code Environment.Variables.BUILD_TIME};
     *     {@code *} stands for any name and for the items of lists
     * @return the noise
     */
    public static Noise ofProperty(String property) {
        return new Noise("property " + property, resource -> true, property);
    }

    /**
     * Returns the part of this noise that is one property.
     *
     * @param property as in {@link #ofProperty(String)}
     * @return a new noise
     */
    public Noise property(String property) {
        return new Noise(description + ", property " + property, resources, property);
    }

    /** {@return the template of a stack without this noise} */
    JsonNode removedFrom(SynthesizedStack stack) {
        JsonNode template = stack.template().deepCopy();
        for (SynthesizedStack.Resource resource : stack.with(template).resources()) {
            if (resources.test(resource) && resource.properties() instanceof ObjectNode properties) {
                ignore(properties, property == null ? "*" : property);
            }
        }
        return template;
    }

    private static void ignore(JsonNode value, String path) {
        String[] names = path.split("\\.", 2);
        if (value instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                if (names[0].equals("*") && names.length == 1) {
                    items.set(i, word());
                } else if (names[0].equals("*")) {
                    ignore(items.path(i), names[1]);
                }
            }
        } else if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : Json.sortedFields(object).entrySet()) {
                if (!names[0].equals("*") && !names[0].equals(field.getKey())) {
                    continue;
                }
                if (names.length == 1) {
                    object.set(field.getKey(), word());
                } else {
                    ignore(field.getValue(), names[1]);
                }
            }
        }
    }

    private static TextNode word() {
        return JsonNodeFactory.instance.textNode(WORD);
    }

    /** {@return what is ignored, in words} */
    @Override
    public String toString() {
        return description;
    }
}
