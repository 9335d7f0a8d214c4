package dev.ashlar.constructs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.Rollout;
import dev.ashlar.constructs.function.WarmFunctionProps;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.constructs.storage.PrivateBucketProps;
import dev.ashlar.constructs.storage.SingleTableProps;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.lambda.ILayerVersion;

/** Null where there must be something fails at the call that it is given to, and is named. */
class NullArgumentsTest {
    @TestFactory
    Stream<DynamicTest> areNamed() {
        return Stream.of(
                test("module", () -> FunctionCode.maven(null)),
                test("command", () -> FunctionCode.build(null, "web", "dist")),
                test("directory", () -> FunctionCode.build("make", null, "dist")),
                test("output", () -> FunctionCode.build("make", "web", null)),
                test("path", () -> FunctionCode.jar(null)),
                test("path", () -> FunctionCode.directory(null)),
                test("directory", () -> FunctionCode.image(null)),
                test("repository", () -> FunctionCode.image((IRepository) null, "latest")),
                test("code", () -> FunctionCode.of(null)),
                test("instances", () -> WarmStrategy.provisioned(null)),
                test("min", () -> WarmStrategy.provisioned(null, 2)),
                test("max", () -> WarmStrategy.provisioned(1, null)),
                test("schedule", () -> WarmStrategy.provisioned(1, 2).atLeast(1, null)),
                test("interval", () -> WarmStrategy.ping(null)),
                test("percent", () -> Rollout.canary(null, null)),
                test("interval", () -> Rollout.linear(10, null)),
                test("queue", () -> Destination.queue(null)),
                test("topic", () -> Destination.topic(null)),
                test("bus", () -> Destination.eventBus(null)),
                test("function", () -> Destination.function(null)),
                test(
                        "environment",
                        () -> WarmFunctionProps.builder().environment(Collections.singletonMap("STAGE", null))),
                test("layers", () -> WarmFunctionProps.builder().layers(Arrays.asList((ILayerVersion) null))),
                test(
                        "securityGroups",
                        () -> WarmFunctionProps.builder().securityGroups(Collections.singletonList(null))),
                test(
                        "lifecycleRules",
                        () -> PrivateBucketProps.builder().lifecycleRules(Collections.singletonList(null))),
                test(
                        "globalSecondaryIndexes",
                        () -> SingleTableProps.builder().globalSecondaryIndexes(Collections.singletonList(null))),
                test("host", () -> ApiOrigin.host(null)),
                test("api", () -> ApiOrigin.httpApi(null)),
                test("api", () -> ApiOrigin.restApi(null)),
                test("url", () -> ApiOrigin.functionUrl(null)),
                test("loadBalancer", () -> ApiOrigin.loadBalancer(null)),
                test("origin", () -> ApiOrigin.vpcOrigin(null)),
                test("directory", () -> Site.directory(null)),
                test("output", () -> Site.build("make", "web", null)),
                test("inputs", () -> Site.build("make", "web", "dist").inputs((String[]) null)),
                test("inputs", () -> Site.build("make", "web", "dist").inputs("web", null)),
                test("inputs", () -> FunctionCode.build("make", "web", "dist").inputs("web", null)),
                test("values", () -> Site.directory("site").runtimeConfig(null)),
                test("value", () -> Site.directory("site").runtimeConfig(Collections.singletonMap("stage", null))));
    }

    private static DynamicTest test(String parameter, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                parameter,
                () -> assertThatThrownBy(call)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(parameter));
    }
}
