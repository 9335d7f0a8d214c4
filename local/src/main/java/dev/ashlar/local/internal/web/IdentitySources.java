package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a caller says who it is.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.identity-sources">Identity
 *     sources</a>
 */
final class IdentitySources {
    private static final String HEADER = "$request.header.";
    private static final String QUERY = "$request.querystring.";
    private static final String STAGE_VARIABLE = "$stageVariables.";
    private static final String CONTEXT = "$context.";

    private final List<String> sources = new ArrayList<>();

    IdentitySources(JsonNode sources) {
        sources.forEach(source -> this.sources.add(source.asText()));
    }

    /** {@return what all sources say, or nothing if one is missing or empty} */
    Optional<List<String>> read(Call call) {
        List<String> values = new ArrayList<>();
        for (String source : sources) {
            Optional<String> value = read(source, call).filter(text -> !text.isEmpty());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private static Optional<String> read(String source, Call call) {
        if (source.startsWith(HEADER)) {
            return call.request().headers().joined(source.substring(HEADER.length()));
        }
        if (source.startsWith(QUERY)) {
            List<String> values = Percent.decodeQuery(call.request().queryOrEmpty())
                    .getOrDefault(source.substring(QUERY.length()), List.of());
            return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
        }
        if (source.startsWith(STAGE_VARIABLE)) {
            return Optional.ofNullable(call.stageVariables()
                    .path(source.substring(STAGE_VARIABLE.length()))
                    .textValue());
        }
        if (source.startsWith(CONTEXT)) {
            JsonNode context = HttpEvents.withoutBody(call, "2.0").path("requestContext");
            String pointer = "/" + source.substring(CONTEXT.length()).replace('.', '/');
            return Optional.of(context.at(pointer).asText());
        }
        return Optional.empty();
    }
}
