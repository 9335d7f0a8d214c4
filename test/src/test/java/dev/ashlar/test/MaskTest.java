package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.DockerImageCode;
import software.amazon.awscdk.services.lambda.DockerImageFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SingletonFunction;
import software.amazon.awscdk.services.lambda.Version;
import software.amazon.awscdk.services.sqs.Queue;

class MaskTest {
    private static final String SINGLETON = "84c0de93353f42179b0b45b6c993251a";

    @TempDir
    private Path folder;

    @Test
    void numbersAssetsInTheOrderOfTheSortedDocument() throws JsonProcessingException {
        JsonNode masked = mask("{'Resources': {'Z': '#A.zip', 'A': 'x:#B', 'M': 'asset.#A'}}");

        assertEquals(json("{'Resources': {'A': 'x:<asset 1>', 'M': 'asset.<asset 2>', 'Z': '<asset 2>.zip'}}"), masked);
        assertEquals(List.of("A", "M", "Z"), names(masked.path("Resources")));
    }

    @Test
    void takesNoPartOfAnAssetForAnId() throws JsonProcessingException {
        String likeAnId = "26b91a5cf04fab35cdc9239d" + "04727824" + "a".repeat(32);

        assertEquals(
                json("{'Resources': {'A': '/<asset 1>.json'}}"),
                mask("{'Resources': {'A': '/" + likeAnId + ".json'}}"));
    }

    @Test
    void showsTwoAssetsThatSwap() throws JsonProcessingException {
        JsonNode masked = mask("{'Resources': {'First': '#A', 'Second': '#B', 'Third': '#A'}}");

        assertEquals(masked, mask("{'Resources': {'First': '#B', 'Second': '#A', 'Third': '#B'}}"));
        assertNotEquals(masked, mask("{'Resources': {'First': '#A', 'Second': '#B', 'Third': '#B'}}"));
    }

    @Test
    void leavesAloneWhatIsNoHash() throws JsonProcessingException {
        JsonNode template = json("{'Resources': {'Table8A2B3C4D': ['x#A', '#A0', '#0', 'deadbeef', 1, true, null]}}");

        assertEquals(template, Mask.of(template));
    }

    @Test
    void keepsTwoHashesOfOneIdApart() throws JsonProcessingException {
        assertEquals(
                json("{'Resources': {'FnCurrentVersion17A89ABB<hash>': 1, 'FnCurrentVersion17A89ABB<hash 2>':"
                        + " {'Ref': 'FnCurrentVersion17A89ABB<hash 2>'}}}"),
                mask("{'Resources': {'FnCurrentVersion17A89ABB#0': 1, 'FnCurrentVersion17A89ABB#1':"
                        + " {'Ref': 'FnCurrentVersion17A89ABB#1'}}}"));
    }

    @Test
    void masksCdkAnalytics() throws JsonProcessingException {
        assertEquals(
                json("{'Resources': {'CDKMetadata': {'Properties': {'Analytics': '<analytics>'}}}}"),
                mask("{'Resources': {'CDKMetadata': {'Properties': {'Analytics': 'v2:deflate64:H4sIAAAAA/z+8='}}}}"));
    }

    @Test
    void readsTheSameWhateverTheCodeOfFunctions() throws IOException {
        JsonNode before = template("one");
        JsonNode after = template("two");

        assertNotEquals(before, after);
        assertEquals(Json.pretty(Mask.of(before)), Json.pretty(Mask.of(after)));
        assertEquals(nodes(before), nodes(Mask.of(before)));
    }

    @Test
    void masksVersionsAndDeploymentsWhereverTheyAreUsed() throws IOException {
        JsonNode masked = Mask.of(template("one"));

        String text = Json.compact(masked);
        assertThat(text)
                .containsPattern("\"FnCurrentVersion[0-9A-F]{8}<hash>\":\\{")
                .containsPattern("\"Fn::GetAtt\":\\[\"FnCurrentVersion[0-9A-F]{8}<hash>\",\"Version\"]")
                .containsPattern("\"ApiDeployment[0-9A-F]{8}<hash>\":\\{")
                .containsPattern("\"DeploymentId\":\\{\"Ref\":\"ApiDeployment[0-9A-F]{8}<hash>\"}")
                .containsPattern("\"ExportsOutputFnGetAttFnCurrentVersion[0-9A-F]{8}<hash>Version<hash>\":\\{")
                .containsPattern("\"ExportsOutputRefFnCurrentVersion[0-9A-F]{8}<hash><hash>\":\\{")
                .contains("\"S3Key\":\"<asset 1>.zip\"")
                .containsPattern("container-assets-[^\"]*:<asset 2>\"")
                .contains("\"aws:asset:path\":\"asset.<asset 1>\"");
        assertThat(text.replace(SINGLETON, "")).doesNotContainPattern("[0-9a-f]{32}");
    }

    @Test
    void keepsTheIdsOfSingletons() throws IOException {
        assertThat(Json.compact(Mask.of(template("one"))))
                .containsPattern("\"SingletonLambda" + SINGLETON + "[0-9A-F]{8}\":\\{");
    }

    @Test
    void masksWhatMakesACustomResourceRunAgain() throws JsonProcessingException {
        String template = "{'Resources': {'Magic': {'Type': 'Custom::Magic', 'Properties': {"
                + "'ServiceToken': {'Fn::GetAtt': ['Handler#0', 'Arn']}, 'Hash': '#0', 'Trigger': '%1$s', 'Again': %1$s,"
                + " 'Create': '{\\\"physicalResourceId\\\":{\\\"id\\\":\\\"%1$s\\\"}}', 'At': '%2$s', 'Id': '%3$s',"
                + " 'Code': '#A', 'Port': 1700, 'Name': 'magic', 'Times': [%1$s, '%2$s', 17]}}}}";

        JsonNode masked = mask(template.formatted(
                "1732204800000", "2024-11-21T16:00:00.123Z", "0f8fad5b-d9cb-469f-a165-70867728950e"));

        assertEquals(
                masked,
                mask(template.formatted(
                        "1732204800001", "2024-11-22T16:00:00Z", "7c9e6679-7425-40de-944b-e07fc1f90ae7")));
        assertEquals(
                json("{'Again': '<salt 1>', 'At': '<salt 2>', 'Code': '<asset 1>', 'Create':"
                        + " '{\\\"physicalResourceId\\\":{\\\"id\\\":\\\"<salt 1>\\\"}}', 'Hash': '<salt 3>', 'Id': '<salt 4>',"
                        + " 'Name': 'magic', 'Port': 1700, 'ServiceToken': {'Fn::GetAtt': ['Handler#0', 'Arn']},"
                        + " 'Times': ['<salt 1>', '<salt 2>', 17], 'Trigger': '<salt 1>'}"),
                masked.path("Resources").path("Magic").path("Properties"));
    }

    @Test
    void leavesSaltAloneOutsideCustomResources() throws JsonProcessingException {
        JsonNode template = json("{'Resources': {'Table': {'Type': 'AWS::DynamoDB::Table', 'Properties':"
                + " {'TableName': '1732204800000', 'Id': '0f8fad5b-d9cb-469f-a165-70867728950e'}}}}");

        assertEquals(template, Mask.of(template));
    }

    @Test
    void masksTheTemplatesOfNestedStacks() {
        assertEquals(parent("first"), parent("second"));
        assertThat(parent("first")).contains("/<asset 1>.json");
    }

    @Test
    void masksTheFingerprintOfAnInstance() throws JsonProcessingException {
        assertEquals(
                json("{'Resources': {'A': '#!/bin/bash\\n# fingerprint: <fingerprint 1>\\n'}}"),
                mask("{'Resources': {'A': '#!/bin/bash\\n# fingerprint: 0123456789abcdef\\n'}}"));
    }

    @Test
    void keepsTheHashInTheIdOfWhatHoldsData() throws JsonProcessingException {
        JsonNode template = json("{'Resources': {'Secret17A89ABB#0': {'Type': 'AWS::SecretsManager::Secret'},"
                + " 'User': {'Ref': 'Secret17A89ABB#0'}}}");

        assertEquals(template, Mask.of(template));
    }

    @Test
    void masksTheImportsOfAnotherStack() throws IOException {
        assertThat(imports(Map.of()))
                .containsPattern("Shop:ExportsOutputFnGetAttFnCurrentVersion[0-9A-F]{8}<hash>Version<hash>\"")
                .containsPattern("Shop:ExportsOutputRefFnCurrentVersion[0-9A-F]{8}<hash><hash>\"");
    }

    @Test
    void masksTheImportsOfNewerKinds() throws IOException {
        Stack empty = new Stack(TestApp.createWithOnly(Map.of()), "Empty");
        Map<String, Object> flags =
                FeatureFlags.recommended(SynthesizedStack.of(empty).assembly());

        assertThat(imports(flags))
                .containsPattern("OutputFnGetAttFnCurrentVersion[0-9A-F]{8}<hash>Version<hash>\"")
                .containsPattern("OutputRefFnCurrentVersion[0-9A-F]{8}<hash><hash>\"")
                .doesNotContainPattern("[0-9a-f]{32}");
    }

    @Test
    void masksTheParametersOfTheOldSynthesizer() throws IOException {
        assertEquals(Json.pretty(Mask.of(legacy("x", "y"))), Json.pretty(Mask.of(legacy("y", "x"))));
        assertThat(names(Mask.of(legacy("x", "y")).path("Parameters")))
                .containsExactly(
                        "AssetParameters<asset 1>ArtifactHash<hash>",
                        "AssetParameters<asset 1>S3Bucket<hash>",
                        "AssetParameters<asset 1>S3VersionKey<hash>",
                        "AssetParameters<asset 2>ArtifactHash<hash>",
                        "AssetParameters<asset 2>S3Bucket<hash>",
                        "AssetParameters<asset 2>S3VersionKey<hash>");
    }

    /** {@return the masked template of a stack with a nested one, whose content is in an asset} */
    private static String parent(String queue) {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");
        NestedStack nested = new NestedStack(stack, "Nested");
        Queue.Builder.create(nested, "Queue").queueName(queue).build();
        return Json.pretty(Mask.of(SynthesizedStack.of(stack).template()));
    }

    private JsonNode template(String code) throws IOException {
        return SynthesizedStack.of(shop(TestApp.createWithOnly(Map.of("aws:cdk:enable-asset-metadata", true)), code))
                .template();
    }

    /** A stack with all that CDK hashes, and another that imports from it. */
    private Stack shop(App app, String code) throws IOException {
        Stack shop = new Stack(app, "Shop");
        Function function = function(shop, "Fn", code);
        Version version = function.getCurrentVersion();
        Alias.Builder.create(shop, "Live").aliasName("live").version(version).build();
        DockerImageFunction.Builder.create(shop, "Image")
                .code(DockerImageCode.fromImageAsset(source(code).toString()))
                .build();
        SingletonFunction.Builder.create(shop, "Once")
                .uuid("84c0de93-353f-4217-9b0b-45b6c993251a")
                .runtime(Runtime.JAVA_21)
                .handler("shop.Once")
                .code(Code.fromAsset(source("once").toString()))
                .build();
        RestApi api = RestApi.Builder.create(shop, "Api").build();
        api.getRoot().addMethod("GET");
        Objects.requireNonNull(api.getLatestDeployment()).addToLogicalId(code);

        Stack user = new Stack(app, "User");
        CfnOutput.Builder.create(user, "Number").value(version.getVersion()).build();
        CfnOutput.Builder.create(user, "Arn").value(version.getFunctionArn()).build();
        return shop;
    }

    private String imports(Map<String, Object> context) throws IOException {
        App app = TestApp.createWithOnly(context);
        shop(app, "one");
        Stack user = (Stack) Objects.requireNonNull(app.getNode().tryFindChild("User"));
        return Json.compact(Mask.of(SynthesizedStack.of(user).template()));
    }

    private JsonNode legacy(String codeOfFirst, String codeOfSecond) throws IOException {
        StackProps props =
                StackProps.builder().synthesizer(new LegacyStackSynthesizer()).build();
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Old", props);
        function(stack, "First", codeOfFirst);
        function(stack, "Second", codeOfSecond);
        return SynthesizedStack.of(stack).template();
    }

    private Function function(Stack stack, String id, String code) throws IOException {
        return Function.Builder.create(stack, id)
                .runtime(Runtime.JAVA_21)
                .handler("shop.Handler")
                .code(Code.fromAsset(source(code).toString()))
                .build();
    }

    private Path source(String code) throws IOException {
        Path source = Files.createDirectories(folder.resolve(code));
        Files.writeString(source.resolve("Dockerfile"), "FROM scratch\n# " + code + "\n");
        return source;
    }

    private static JsonNode mask(String template) throws JsonProcessingException {
        return Mask.of(json(template));
    }

    /** Reads JSON with single quotes, where #A and #B are the hashes of assets, #0 and #1 those of versions. */
    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.parse(text.replace('\'', '"')
                .replace("#A", "a".repeat(64))
                .replace("#B", "b".repeat(64))
                .replace("#0", "0".repeat(32))
                .replace("#1", "1".repeat(32)));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static int nodes(JsonNode node) {
        return 1 + node.valueStream().mapToInt(MaskTest::nodes).sum();
    }
}
