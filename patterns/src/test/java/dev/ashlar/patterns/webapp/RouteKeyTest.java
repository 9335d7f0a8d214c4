package dev.ashlar.patterns.webapp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Stack;

class RouteKeyTest {
    private static final Check CHECK = Check.of(new Stack(TestApp.create(), "Shop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ANY /",
                "ANY /{proxy+}",
                "GET /notes",
                "GET /notes/{id}",
                "PATCH /notes/{id}/lines/{line-no}",
                "OPTIONS /notes/{rest+}",
                "POST /v1.0/notes:batch",
                "DELETE /~ann/caf%C3%A9"
            })
    void acceptsWhatApiGatewayTakes(String key) {
        assertThatCode(() -> RouteKey.validate(key, CHECK)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET", "/notes", "GET  /notes", "GET /notes extra", "GET /my notes"})
    void rejectsWhatIsNotAMethodAndAPath(String key) {
        assertThatThrownBy(() -> RouteKey.validate(key, CHECK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] route must be a method and a path such as GET /notes/{id}, got \"" + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get /notes", "TRACE /notes", "$default /"})
    void rejectsMethodsThatApiGatewayDoesNotRoute(String key) {
        assertThatThrownBy(() -> RouteKey.validate(key, CHECK))
                .hasMessage(
                        "[Shop] route must begin with one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, got \""
                                + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET notes",
                "GET /notes/",
                "GET //notes",
                "GET /{rest+}/notes",
                "GET /notes/{id",
                "GET /notes/x{id}",
                "GET /notes?x=1",
                "GET /café"
            })
    void rejectsPathsThatApiGatewayDoesNotTake(String key) {
        assertThatThrownBy(() -> RouteKey.validate(key, CHECK))
                .hasMessage("[Shop] route must have a path of segments, of {variables}, and of {variable+} at its end,"
                        + " without a slash behind it, got \"" + key + "\"");
    }

    @Test
    void namesTheRoutesThatCatchEverything() {
        assertThatCode(() -> RouteKey.validate(RouteKey.ROOT, CHECK)).doesNotThrowAnyException();
        assertThatCode(() -> RouteKey.validate(RouteKey.EVERYTHING_BELOW, CHECK))
                .doesNotThrowAnyException();
    }
}
