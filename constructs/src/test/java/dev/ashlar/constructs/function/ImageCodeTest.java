package dev.ashlar.constructs.function;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Handler;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;

class ImageCodeTest {
    private static final String TYPE = "AWS::Lambda::Function";

    @TempDir
    private Path directory;

    private final App building = TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**")));
    private final Stack stack = new Stack(building, "Shop");
    private final Stack test = new Stack(TestApp.create(), "Shop");

    @Test
    void theImageBringsItsRuntime() throws IOException {
        function(stack, image()).build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                TYPE,
                Map.of(
                        "PackageType", "Image",
                        "Code", Map.of("ImageUri", Match.anyValue()),
                        "Architectures", List.of("arm64"),
                        "Runtime", Match.absent(),
                        "Handler", Match.absent(),
                        "ImageConfig", Match.absent(),
                        "SnapStart", Match.absent()));
        assertThat(platforms()).containsExactly("linux/arm64");
    }

    @Test
    void thePlatformFollowsTheArchitecture() throws IOException {
        function(stack, image()).architecture(Architecture.X86_64).build();

        assertThat(platforms()).containsExactly("linux/amd64");
    }

    @Test
    void oneImageServesFunctionsOfBothArchitectures() throws IOException {
        FunctionCode image = image();

        function(stack, image).build();
        WarmFunction.Builder.create(stack, "Old")
                .code(image)
                .architecture(Architecture.X86_64)
                .build();

        assertThat(platforms()).containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
    }

    @Test
    void theHandlerIsTheCommandOfTheImage() throws IOException {
        function(stack, image()).handler("shop.NotesHandler").build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "Handler", Match.absent(),
                                "ImageConfig", Map.of("Command", List.of("shop.NotesHandler"))));
    }

    @Test
    void addsNoPermission() throws IOException {
        function(stack, image()).build();

        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"));
        Template.fromStack(stack).resourceCountIs("AWS::ECR::Repository", 0);
    }

    @Test
    void nothingIsReadWhereCdkWantsNoCode() {
        function(test, FunctionCode.image("no/such/directory")).build();

        Template.fromStack(test).hasResourceProperties(TYPE, Map.of("PackageType", "Image"));
    }

    @Test
    void rejectsADirectoryWithoutDockerfile() {
        assertThatThrownBy(() -> function(stack, FunctionCode.image(directory.toString()))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] code must be a directory with a Dockerfile, got " + directory
                        + ", which has none; correct the path, it is relative to the directory of cdk.json");
    }

    @Test
    void givesItselfToCdksOwnFunctions() throws IOException {
        Function.Builder.create(stack, "Notes")
                .code(image().toCode())
                .handler(Handler.FROM_IMAGE)
                .runtime(Runtime.FROM_IMAGE)
                .build();

        Template.fromStack(stack).hasResourceProperties(TYPE, Map.of("PackageType", "Image"));
        assertThat(platforms()).containsExactly("linux/amd64");
    }

    @Test
    void rejectsWhatDoesNotGoWithImages() {
        FunctionCode image = FunctionCode.image("no/such/directory");

        assertThatThrownBy(() -> function(test, image).runtime(Runtime.JAVA_21).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] runtime must not be given with a container image, got java21; the image brings"
                                + " its own");
        assertThatThrownBy(() -> function(test, image, "Layered")
                        .layers(List.of(LayerVersion.fromLayerVersionArn(
                                test, "Layer", "arn:aws:lambda:eu-central-1:123456789012:layer:extras:1")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Layered] layers must not be given with a container image, got 1; copy what they hold"
                        + " into the image");
        assertThatThrownBy(() -> function(test, image, "Warm")
                        .warm(WarmStrategy.snapStart())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Warm] warm must be WarmStrategy.none() with a container image, got snapStart(); Lambda"
                                + " takes no snapshots of images");
    }

    @Test
    void aPushedImageIsNamedByItsTag() {
        function(test, FunctionCode.image(Repository.fromRepositoryName(test, "Images", "notes"), "1.2"))
                .handler("shop.NotesHandler")
                .build();

        assertThat(assertThat(test).json().findValue("ImageUri").toString()).contains("notes:1.2");
        Template.fromStack(test)
                .hasResourceProperties(TYPE, Map.of("ImageConfig", Map.of("Command", List.of("shop.NotesHandler"))));
    }

    @Test
    void aPushedImageIsNamedByItsDigest() {
        String digest = "sha256:" + "a".repeat(64);

        function(test, FunctionCode.image(Repository.fromRepositoryName(test, "Images", "notes"), digest))
                .build();

        assertThat(assertThat(test).json().findValue("ImageUri").toString()).contains("notes@" + digest);
    }

    @Test
    void lambdaMayPullFromARepositoryOfTheApp() {
        Repository images = new Repository(test, "Images");

        function(test, FunctionCode.image(images, "1.2")).build();

        JsonNode policy = assertThat(test).json().findValue("RepositoryPolicyText");
        assertThat(policy.path("Statement")).hasSize(1);
        JsonNode statement = policy.path("Statement").get(0);
        assertThat(statement.path("Action").toString())
                .isEqualTo("[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"]");
        assertThat(statement.path("Principal").toString()).isEqualTo("{\"Service\":\"lambda.amazonaws.com\"}");
        assertThat(statement.path("Condition").toString())
                .startsWith("{\"StringLike\":{\"aws:SourceArn\":{\"Fn::Join\":[\"\",[\"arn:\"")
                .contains(":function:*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "a b", "sha256:12"})
    void rejectsWhatIsNoTag(String tag) {
        FunctionCode image = FunctionCode.image(Repository.fromRepositoryName(test, "Images", "notes"), tag);

        assertThatThrownBy(() -> function(test, image).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] code must have a tag of letters, digits and _.- or a digest sha256:..., got \""
                                + tag + "\"");
    }

    @Test
    void letsTokensPass() {
        FunctionCode image =
                FunctionCode.image(Repository.fromRepositoryName(test, "Images", "notes"), Fn.importValue("Tag"));

        assertThatCode(() -> function(test, image).build()).doesNotThrowAnyException();
    }

    @Test
    void warnsOfATagThatMoves() {
        function(test, FunctionCode.image(Repository.fromRepositoryName(test, "Images", "notes"), "latest"))
                .build();

        Annotations.fromStack(test)
                .hasWarning(
                        "/Shop/Notes",
                        "code must have a tag that stays with its image, got latest; when it moves nothing is deployed, so"
                                + " give each image a tag of its own, or name its digest [ack: ashlar:movingTag]");
    }

    private FunctionCode image() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM public.ecr.aws/lambda/java:25\n");
        return FunctionCode.image(directory.toString());
    }

    private static WarmFunction.Builder function(Stack stack, FunctionCode code) {
        return function(stack, code, "Notes");
    }

    private static WarmFunction.Builder function(Stack stack, FunctionCode code, String id) {
        return WarmFunction.Builder.create(stack, id).code(code);
    }

    private List<String> platforms() throws IOException {
        Path assets = Path.of(building.synth().getDirectory(), "Shop.assets.json");
        return new ObjectMapper()
                .readTree(assets.toFile()).path("dockerImages").findValues("platform").stream()
                        .map(JsonNode::asText)
                        .toList();
    }
}
