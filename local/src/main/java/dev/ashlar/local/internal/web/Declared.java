package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A resource and the template that declares it. */
record Declared(Template template, Resource resource) {
    /** {@return the resources of some types in all templates and those nested in them} */
    static List<Declared> find(List<Template> templates, String... types) {
        return templates.stream()
                .flatMap(template -> Stream.concat(Stream.of(template), template.getNested()))
                .flatMap(template ->
                        template.getResources(types).stream().map(resource -> new Declared(template, resource)))
                .toList();
    }

    String path() {
        return resource.path();
    }

    /** {@return what {@code Ref} says} */
    String ref() {
        return pseudo(resource.id());
    }

    String region() {
        return pseudo("AWS::Region");
    }

    String account() {
        return pseudo("AWS::AccountId");
    }

    JsonNode get(String property) {
        return template.get(resource, property);
    }

    Optional<String> text(String property) {
        return template.text(resource, property);
    }

    String textOr(String property, String otherwise) {
        return text(property).orElse(otherwise);
    }

    /** {@return whether a property says a text, which it does not if only AWS knows what it says} */
    boolean says(String property, String text) {
        try {
            return textOr(property, "").equals(text);
        } catch (UnresolvedTokenException e) {
            return false;
        }
    }

    private String pseudo(String name) {
        return template.resolve(JsonNodeFactory.instance.objectNode().put("Ref", name))
                .asText();
    }
}
