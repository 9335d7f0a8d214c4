package dev.ashlar.local.internal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudAssemblyTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeAssembly() throws IOException {
        write("manifest.json", """
                {"artifacts":{
                  "Shop.assets":{"type":"cdk:asset-manifest","properties":{"file":"Shop.assets.json"}},
                  "Shop":{"type":"aws:cloudformation:stack","environment":"aws://123456789012/eu-central-1",
                    "properties":{"templateFile":"Shop.template.json","stackName":"shop-live","parameters":{"P":"1"}},
                    "dependencies":["Shop.assets"],"displayName":"Shop"},
                  "assembly-Stage":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-Stage"}}}}
                """);
        write("Shop.template.json", "{}");
        write("Shop.assets.json", """
                {"files":{"abc":{"source":{"path":"asset.abc","packaging":"zip"},
                  "destinations":{"here":{"bucketName":"assets","objectKey":"abc.zip"}}}}}
                """);
        write("assembly-Stage/manifest.json", """
                {"artifacts":{"StageShop12345678":{"type":"aws:cloudformation:stack",
                  "properties":{"templateFile":"Shop.template.json","stackName":"shop-live"},"displayName":"Stage/Shop"}}}
                """);
        write("assembly-Stage/Shop.template.json", "{}");
    }

    @Test
    void readsStacksAndThoseOfStages() {
        CloudAssembly assembly = CloudAssembly.read(directory.toString());

        assertThat(assembly.getStacks()).extracting(AssemblyStack::path).containsExactly("Shop", "Stage/Shop");
        AssemblyStack shop = assembly.getStack("Shop");
        assertThat(shop.name()).isEqualTo("shop-live");
        assertThat(shop.parameters()).containsEntry("P", "1");
        assertThat(shop.assets()).containsEntry("abc.zip", directory.resolve("asset.abc"));
        assertThat(Account.of(shop)).isEqualTo(new Account("000000000000", "eu-central-1"));
        assertThat(Account.of(assembly.getStack("Stage/Shop"))).isEqualTo(new Account("000000000000", "us-east-1"));
    }

    @Test
    void knowsConstructsThatTheTemplateDoesNotName() throws IOException {
        write("Shop.template.json", "{\"Resources\":{\"Q1\":{\"Type\":\"AWS::SQS::Queue\"}}}");
        write("manifest.json", """
                {"artifacts":{"Shop":{"type":"aws:cloudformation:stack","properties":{"templateFile":"Shop.template.json"},
                  "metadata":{"/Shop/Orders/Resource":[{"type":"aws:cdk:logicalId","data":"Q1"}],
                    "/Shop/Gone":[{"type":"aws:cdk:logicalId","data":"Q2"}]}}}}
                """);

        AssemblyStack shop = CloudAssembly.read(directory.toString()).getStack("Shop");

        assertThat(Resource.of("Q1", shop.template().path("Resources").path("Q1"))
                        .path())
                .isEqualTo("Shop/Orders");
    }

    @Test
    void rejectsADirectoryWithoutAManifest() {
        Path empty = directory.resolve("empty");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CloudAssembly.read(empty.toString()))
                .withMessage("--assembly must be a directory that cdk synth has written, got " + empty
                        + ", which has no manifest.json; run npx cdk synth first");
    }

    @Test
    void rejectsAManifestThatIsNotJson() throws IOException {
        write("manifest.json", "{");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CloudAssembly.read(directory.toString()))
                .withMessageStartingWith(
                        directory.resolve("manifest.json") + " must be JSON, got Unexpected end-of-input");
    }

    @Test
    void rejectsAStackThatIsNotThere() {
        CloudAssembly assembly = CloudAssembly.read(directory.toString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> assembly.getStack("Blog"))
                .withMessage("--stack must name a stack of " + directory + ", got Blog; there are Shop, Stage/Shop");
    }

    @Test
    void rejectsANameThatTwoStacksHave() {
        CloudAssembly assembly = CloudAssembly.read(directory.toString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> assembly.getStack("shop-live"))
                .withMessage("--stack must name one stack of " + directory
                        + ", got shop-live, which 2 have; give the path of one: Shop, Stage/Shop");
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
