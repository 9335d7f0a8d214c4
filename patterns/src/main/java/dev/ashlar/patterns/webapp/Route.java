package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.function.WarmFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route of a web app.
 *
 * @param key the method and the path, such as {@code GET /notes/{id}}
 * @param function what answers
 * @param authorization who may call it
 */
record Route(String key, WarmFunction function, Authorization authorization) {
    private static final String PREFIX = "/api";

    /** All routes: first those of the web app's own function, if it has one. */
    static List<Route> of(@Nullable WarmFunction function, ServerlessWebAppProps props) {
        List<Route> routes = new ArrayList<>();
        Authorization authorization = props.getAuthorization();
        if (function != null) {
            for (String key : catchingAll(props)) {
                routes.add(new Route(key, function, authorization));
            }
        }
        Map<String, Authorization> own = props.getRouteAuthorizations();
        props.getRoutes()
                .forEach((key, behind) -> routes.add(new Route(key, behind, own.getOrDefault(key, authorization))));
        return List.copyOf(routes);
    }

    /** The routes of the web app's own function: beside a site all that is below {@code /api}. */
    static List<String> catchingAll(ServerlessWebAppProps props) {
        return props.getSite() == null
                ? List.of("ANY /", "ANY /{proxy+}")
                : List.of("ANY " + PREFIX, "ANY " + PREFIX + "/{proxy+}");
    }

    String method() {
        return key.substring(0, key.indexOf(' '));
    }

    String path() {
        return key.substring(key.indexOf(' ') + 1);
    }

    boolean isPublic() {
        return authorization.getKind() == Authorization.Kind.NONE;
    }

    /** Whether it would also take what browsers ask before they send a request to another origin. */
    boolean takesPreflight() {
        return method().equals("ANY");
    }
}
