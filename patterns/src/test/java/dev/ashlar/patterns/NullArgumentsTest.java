package dev.ashlar.patterns;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.patterns.s3.ObjectChange;
import dev.ashlar.patterns.s3.S3ProcessorProps;
import dev.ashlar.patterns.schedule.ScheduledTaskProps;
import dev.ashlar.patterns.webapp.ApiFront;
import dev.ashlar.patterns.webapp.Authorization;
import dev.ashlar.patterns.webapp.ServerlessWebAppProps;
import java.util.Collections;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null where there must be something fails at the call that it is given to, and is named. */
class NullArgumentsTest {
    @TestFactory
    Stream<DynamicTest> areNamed() {
        return Stream.of(
                test("changes", () -> S3ProcessorProps.builder().changes((ObjectChange) null)),
                test("changes", () -> S3ProcessorProps.builder().changes((ObjectChange[]) null)),
                test("corsOrigins", () -> S3ProcessorProps.builder().corsOrigins((String) null)),
                test("corsOrigins", () -> ServerlessWebAppProps.builder().corsOrigins((String[]) null)),
                test("rate", () -> ServerlessWebAppProps.builder().throttle(null, 1)),
                test("burst", () -> ServerlessWebAppProps.builder().throttle(1, null)),
                test(
                        "schema",
                        () -> ApiFront.rest().requestSchema("POST /orders", Collections.singletonMap("type", null))),
                test("fields", () -> ScheduledTaskProps.builder().input(null)),
                test("audience", () -> Authorization.jwt("https://issuer.example.com", (String) null)),
                test("scopes", () -> Authorization.iam().scopes((String) null)),
                test("keys", () -> ApiFront.rest().usagePlan("basic", null, null, (String) null)),
                test("schema", () -> ApiFront.rest().requestSchema("POST /orders", null)));
    }

    private static DynamicTest test(String parameter, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                parameter,
                () -> assertThatThrownBy(call)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(parameter));
    }
}
