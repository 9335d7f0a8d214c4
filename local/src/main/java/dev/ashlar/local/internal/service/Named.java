package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A resource of a template under the name that it has here.
 *
 * @param template its template
 * @param resource the resource
 * @param name the name
 * @param arn the ARN
 */
record Named(Template template, Resource resource, String name, String arn) {
    /** {@return the resources of some types in all templates} */
    static List<Named> all(List<Template> templates, String... types) {
        return templates.stream()
                .flatMap(template -> template.getResources(types).stream().map(resource -> of(template, resource)))
                .toList();
    }

    private static Named of(Template template, Resource resource) {
        String arn = template.resolve(Json.node(Map.of("Fn::GetAtt", List.of(resource.id(), "Arn"))))
                .asText();
        // The last part of arn:aws:s3:::name, arn:aws:sqs:...:name and arn:aws:dynamodb:...:table/name.
        return new Named(
                template, resource, arn.substring(arn.lastIndexOf(':') + 1).replaceFirst("^table/", ""), arn);
    }

    boolean has(String property) {
        return !template.get(resource, property).isMissingNode();
    }

    /** {@return a line for each property that it has of those that are not done here} */
    Stream<String> report(Map<String, String> notDone) {
        return notDone.entrySet().stream()
                .filter(property -> !resource.raw(property.getKey()).isMissingNode())
                .map(property -> "[" + resource.path() + "] " + property.getValue());
    }
}
