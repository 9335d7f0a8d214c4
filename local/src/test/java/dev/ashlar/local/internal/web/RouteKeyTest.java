package dev.ashlar.local.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteKeyTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /pets/dog/1, GET /pets/dog/1",
        "GET, /pets/dog/2, GET /pets/dog/{id}",
        "GET, /pets/cat/1, GET /pets/{proxy+}",
        "POST, /pets/dog/1, ANY /pets/dog/1",
        "POST, /test/5, ANY /{proxy+}",
        "GET, /pets, ANY /{proxy+}",
        "GET, /pets/, ANY /{proxy+}",
        "GET, /, $default",
        "GET, /Pets/dog/1, ANY /{proxy+}",
    })
    void moreExactPathsAndThenMethodsComeFirst(String method, String path, String expected) {
        Stream<RouteKey> routes = Stream.of(
                        "$default",
                        "ANY /{proxy+}",
                        "GET /pets/{proxy+}",
                        "GET /pets/dog/{id}",
                        "ANY /pets/dog/1",
                        "GET /pets/dog/1")
                .map(RouteKey::new);

        assertThat(routes.sorted()
                        .filter(route -> route.match(method, path).isPresent())
                        .findFirst())
                .map(RouteKey::toString)
                .contains(expected);
    }

    @Test
    void readsWhatStandsForVariables() {
        assertThat(new RouteKey("GET /shops/{shop}/files/{proxy+}").match("GET", "/shops/a b/files/c/d.txt"))
                .contains(Map.of("shop", "a b", "proxy", "c/d.txt"));
    }

    @Test
    void aVariableIsNeverEmpty() {
        assertThat(new RouteKey("GET /notes/{id}").match("GET", "/notes/")).isEmpty();
        assertThat(new RouteKey("GET /notes/{proxy+}").match("GET", "/notes/")).isEmpty();
        assertThat(new RouteKey("GET /notes/{id}").match("GET", "/notes/a/b")).isEmpty();
    }
}
