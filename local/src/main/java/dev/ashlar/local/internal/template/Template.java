package dev.ashlar.local.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A stack's template, whose intrinsic functions are done when a value is asked for, and not before: what nobody reads need
 * not be known.
 */
public final class Template {
    private static final String NESTED = "AWS::CloudFormation::Stack";

    private final AssemblyStack stack;
    private final Intrinsics intrinsics;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, Template> nested = new LinkedHashMap<>();

    /**
     * Reads a stack's template.
     *
     * @param stack the stack
     * @param account where it is said to be
     * @param names what resources are called; asked for when a value needs them
     * @param imports the exports of other stacks
     */
    public Template(
            AssemblyStack stack,
            Account account,
            Function<Template, Names> names,
            Function<String, Optional<String>> imports) {
        this.stack = stack;
        this.intrinsics = new Intrinsics(this, account, names.apply(this), imports);
        stack.template().path("Resources").properties().forEach(field -> {
            Resource resource = Resource.of(field.getKey(), field.getValue());
            if (resource.condition().map(intrinsics::holds).orElse(true)) {
                resources.put(field.getKey(), resource);
            }
        });
        resources.values().stream()
                .filter(resource -> resource.type().equals(NESTED))
                .forEach(resource -> nested(resource)
                        .ifPresent(child -> nested.put(resource.id(), new Template(child, account, names, imports))));
    }

    /** {@return the stack} */
    public AssemblyStack getStack() {
        return stack;
    }

    /** {@return the stacks nested in this one, and those in them} */
    public Stream<Template> getNested() {
        return nested.values().stream().flatMap(child -> Stream.concat(Stream.of(child), child.getNested()));
    }

    /** {@return the resources whose condition holds, those of some types or all} */
    public List<Resource> getResources(String... types) {
        List<String> wanted = List.of(types);
        return resources.values().stream()
                .filter(resource -> wanted.isEmpty() || wanted.contains(resource.type()))
                .toList();
    }

    /** {@return the resource of a logical id, if its condition holds} */
    public Optional<Resource> getResource(String id) {
        return Optional.ofNullable(resources.get(id));
    }

    /** {@return the resource that a {@code Ref} or {@code Fn::GetAtt} means, if that is all the value says} */
    public Optional<Resource> getTarget(JsonNode value) {
        JsonNode attribute = value.path("Fn::GetAtt");
        String id = attribute.isArray()
                ? attribute.path(0).asText()
                : attribute.isTextual()
                        ? attribute.asText().split("\\.", 2)[0]
                        : value.path("Ref").asText();
        return getResource(id);
    }

    /**
     * Returns a property of a resource, resolved.
     *
     * @return the value, or a missing node
     * @throws UnresolvedTokenException if it depends on what only AWS knows
     */
    public JsonNode get(Resource resource, String property) {
        return resolve(resource.raw(property));
    }

    /**
     * Returns a property of a resource that is a text.
     *
     * @return the text, or nothing if the resource does not have the property
     * @throws UnresolvedTokenException if it depends on what only AWS knows
     */
    public Optional<String> text(Resource resource, String property) {
        JsonNode value = get(resource, property);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /**
     * Returns a value with all intrinsic functions done.
     *
     * @throws UnresolvedTokenException if it depends on what only AWS knows
     */
    public JsonNode resolve(JsonNode value) {
        return intrinsics.resolve(value);
    }

    /** {@return the template's outputs by name, each unresolved} */
    public Map<String, JsonNode> getOutputs() {
        Map<String, JsonNode> outputs = new LinkedHashMap<>();
        stack.template().path("Outputs").properties().forEach(output -> {
            if (Optional.ofNullable(output.getValue().path("Condition").textValue())
                    .map(intrinsics::holds)
                    .orElse(true)) {
                outputs.put(output.getKey(), output.getValue().path("Value"));
            }
        });
        return outputs;
    }

    /** {@return what another stack imports by a name} */
    public Optional<String> getExport(String name) {
        List<JsonNode> found = new ArrayList<>();
        stack.template().path("Outputs").forEach(output -> {
            JsonNode export = output.path("Export").path("Name");
            if (!export.isMissingNode() && resolve(export).asText().equals(name)) {
                found.add(output.path("Value"));
            }
        });
        return found.stream().findFirst().map(value -> resolve(value).asText());
    }

    Optional<Template> nested(String id) {
        return Optional.ofNullable(nested.get(id));
    }

    /** {@return a nested stack, whose template lies beside this one} */
    private Optional<AssemblyStack> nested(Resource resource) {
        Path file = stack.directory()
                .resolve(resource.definition()
                        .path("Metadata")
                        .path("aws:asset:path")
                        .asText());
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        resource.raw("Parameters")
                .properties()
                .forEach(parameter -> parameters.put(
                        parameter.getKey(), resolve(parameter.getValue()).asText()));
        return Optional.of(new AssemblyStack(
                resource.path(),
                stack.name() + "-" + resource.id(),
                stack.environment(),
                stack.directory(),
                Json.read(file),
                parameters,
                stack.assets()));
    }
}
