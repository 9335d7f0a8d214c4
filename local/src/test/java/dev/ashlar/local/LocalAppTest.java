package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.sqs.Queue;

class LocalAppTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    private static Path code;

    @BeforeAll
    static void build() {
        code = TestCode.handlers(shared.resolve("classes"));
    }

    @Test
    void wantsWhatCdkHasWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalApp.of(directory.toString()).start())
                .withMessage("--assembly must be a directory that cdk synth has written, got " + directory
                        + ", which has no manifest.json; run npx cdk synth first");
    }

    @Test
    void wantsAStackThatIsThere() {
        String assembly = TestAssembly.ofShop(directory, stack -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalApp.of(assembly).stack("Blog").start())
                .withMessage("--stack must name a stack of " + assembly + ", got Blog; there are Shop");
    }

    @Test
    void wantsToKnowWhichOfSeveralStacks() {
        String assembly = TestAssembly.of(directory, app -> {
            new Stack(app, "Shop");
            new Stack(app, "Blog");
        });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalApp.of(assembly).start())
                .withMessageMatching("--stack must be given, as the assembly has 2: (Shop, Blog|Blog, Shop)");
    }

    @Test
    void wantsThePathOfAStackWhoseNameAnotherHas() {
        String assembly = TestAssembly.of(directory, app -> {
            StackProps shop = StackProps.builder().stackName("shop").build();
            new Stack(new Stage(app, "Test"), "Shop", shop);
            new Stack(new Stage(app, "Live"), "Shop", shop);
        });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalApp.of(assembly).stack("shop").start())
                .withMessageMatching(
                        "--stack must name one stack of \\S+, got shop, which 2 have; give the path of one:"
                                + " (Live/Shop, Test/Shop|Test/Shop, Live/Shop)");
        LocalApp.of(assembly).stack("Test/Shop").start().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void wantsAPortThatThereIs(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalApp.of("cdk.out").port(port))
                .withMessage("--port must be 0 to 65535, got " + port);
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        String assembly = TestAssembly.ofShop(directory, stack -> new HttpApi(stack, "Api"));
        List<String> log = new CopyOnWriteArrayList<>();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalApp app = LocalApp.of(assembly)
                        .port(taken.getLocalPort())
                        .log(log::add)
                        .start()) {
            assertThat(app.getUrl().getPort()).isGreaterThan(taken.getLocalPort());
            assertThat(log)
                    .containsExactly("Port " + taken.getLocalPort() + " is taken; the next free one is "
                            + app.getUrl().getPort());
        }
    }

    @Test
    void aValueThatIsNotKnownKeepsOneFunctionFromRunningAndIsNamed() {
        String assembly = TestAssembly.ofShop(directory, stack -> {
            CfnParameter address = CfnParameter.Builder.create(stack, "Address").build();
            CfnResource network = CfnResource.Builder.create(stack, "Network")
                    .type("AWS::EC2::VPC")
                    .build();
            TestAssembly.function(stack, "Mailer", code, "::count")
                    .environment(Map.of("TO", address.getValueAsString()))
                    .build();
            TestAssembly.function(stack, "Caller", code, "::count")
                    .environment(Map.of("RANGE", network.getAtt("CidrBlock").toString()))
                    .build();
            TestAssembly.function(stack, "Counter", code, "::count").build();
        });
        try (LocalApp app = LocalApp.of(assembly).start()) {
            String mailer =
                    "[Shop/Mailer] is not run here: [Shop] Ref Address cannot be resolved here: the parameter has no"
                            + " default; an invocation fails";
            assertThat(app.getReported())
                    .contains(
                            mailer,
                            "[Shop/Caller] is not run here: [Shop] Fn::GetAtt Network.CidrBlock cannot be resolved here: only"
                                    + " AWS knows this of a AWS::EC2::VPC; an invocation fails");
            assertThat(app.invoke("Mailer", LambdaEvents.ping()).getErrorMessage())
                    .hasValue(mailer);
            assertThat(app.invoke("Counter", LambdaEvents.ping()).isError()).isFalse();
        }
    }

    @Test
    void aNameThatIsNotKnownKeepsTheAppFromStartingAndIsNamed() {
        String assembly = TestAssembly.ofShop(
                directory,
                stack -> Queue.Builder.create(stack, "Work")
                        .queueName(CfnParameter.Builder.create(stack, "Name")
                                .build()
                                .getValueAsString())
                        .build());

        assertThatIllegalStateException()
                .isThrownBy(() -> LocalApp.of(assembly).start())
                .withMessage("[Shop] Ref Name cannot be resolved here: the parameter has no default");
    }

    @Test
    void namesWhatThereIs() {
        String assembly = TestAssembly.ofShop(directory, stack -> {
            CfnOutput.Builder.create(stack, "Region").value(stack.getRegion()).build();
            TestAssembly.function(stack, "One", code, "::count").build();
        });
        try (LocalApp app = LocalApp.of(assembly).start()) {
            assertThat(app.getOutput("Region")).isEqualTo("us-east-1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> app.getOutput("Url"))
                    .withMessage("output must be one of a stack, got Url; there are Region");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> app.invoke("Two", LambdaEvents.ping()))
                    .withMessage("path must be the end of one construct's path, got Two; there are Shop/One");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> app.getEndpoint("kinesis"))
                    .withMessage("service must be dynamodb, s3, sqs or sns, got kinesis");
            assertThatIllegalStateException()
                    .isThrownBy(app::getUrl)
                    .withMessage("The stacks have nothing that answers HTTP");
        }
    }
}
