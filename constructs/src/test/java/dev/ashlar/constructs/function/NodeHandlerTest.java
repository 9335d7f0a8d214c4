package dev.ashlar.constructs.function;

import static dev.ashlar.constructs.function.CodeFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Stack;

class NodeHandlerTest {
    @TempDir
    private Path code;

    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));

    @ParameterizedTest
    @CsvSource({
        "index.js, index.handler",
        "index.mjs, index.handler",
        "index.cjs, ./index.handler",
        "web/index.js, web/index.handler",
        "web.v1/index.js, web.v1/index.handler",
        "web/index.js, web.handler",
        "index, index.handler"
    })
    void findsTheFile(String file, String handler) {
        write(code, file, "exports.handler = async () => {};\n");

        assertThat(run(handler, false)).isEmpty();
    }

    @Test
    void takesAPackage() {
        write(code, "node_modules/datadog/index.js", "");
        write(code, "node_modules/datadog/dist/main.js", "exports.handler = 1;");
        write(code, "web/package.json", "{\"main\": \"main.js\"}");

        assertThat(run("datadog.handler", false)).isEmpty();
        assertThat(run("node_modules/datadog/dist/main.handler", false)).isEmpty();
        assertThat(run("web.handler", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exports.handler = async () => {};",
                "module.exports.handler = wrap(other);",
                "exports['handler'] = 1",
                "module.exports = { first, handler };",
                "module.exports = {\n  handler: () => {},\n};",
                "0 && (module.exports = {\n  handler\n});",
                "__export(index_exports, {\n  handler: () => handler\n});\nmodule.exports = __toCommonJS(index_exports);",
                "Object.defineProperty(exports, \"handler\", { enumerable: true });",
                "export const handler = async () => {};",
                "export async function handler(event) {}",
                "export function* handler() {}",
                "export class handler {}",
                "export const { first, handler } = make();",
                "export { first as handler };",
                "export * from './web.mjs';",
                "module.exports = require('./web');"
            })
    void seesWhatExportsTheName(String source) {
        write(code, "index.js", source);

        assertThat(run("index.handler", false)).isEmpty();
    }

    @Test
    void looksIntoNestedNamesNoFurther() {
        write(code, "index.js", "exports.web = { handler: async () => {} };");

        assertThat(run("index.web.handler", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "const handler = async () => {};",
                "export const handlers = 1;",
                "exports.handler2 = 1",
                "exports.$handler = 1",
                "export default handler;"
            })
    void warnsWhenNothingExportsTheName(String source) {
        write(code, "index.mjs", source);

        assertThat(run("index.handler", false))
                .get()
                .asString()
                .startsWith("handler must name what its file exports, got index.handler, but index.mjs in " + code
                        + " does not seem to export handler; ");
    }

    @Test
    void saysWhichNameWasProbablyMeant() {
        write(code, "index.js", "exports.other = 1;\nexport async function handler() {}\n");

        assertThat(run("index.handlr", false))
                .hasValue("handler must name what its file exports, got index.handlr, but index.js in " + code
                        + " does not seem to export handlr; did you mean index.handler?");
        assertThat(run("index.create", false))
                .hasValue("handler must name what its file exports, got index.create, but index.js in " + code
                        + " does not seem to export create; correct the name, or acknowledge this if it is exported while"
                        + " Node.js runs");
    }

    @ParameterizedTest
    @CsvSource({
        "mian.handler, mian, main.handler",
        "main/indx.handler, main/indx, main/index.handler",
        "index.handler, index, main/index.handler"
    })
    void saysWhichFileWasProbablyMeant(String wrong, String file, String right) {
        write(code, "main/index.mjs", "export const handler = 1;");
        write(code, "main.cjs", "exports.handler = 1;");
        write(code, "node_modules/x/index.js", "");

        assertFails(
                wrong,
                "[Shop] handler must name a file of the code, got %s, but there is no %s.js, .mjs or .cjs in %s; did you mean %s?"
                        .formatted(wrong, file, code, right));
    }

    @Test
    void saysWhenNoFileIsSimilar() {
        write(code, "index.js", "");

        assertFails(
                "shop/Notes.handler",
                "[Shop] handler must name a file of the code, got shop/Notes.handler, but there is no shop/Notes.js, .mjs or .cjs"
                        + " in " + code + "; name a file by its path from there");
        assertThat(run("shop/Notes.handler", true))
                .as("a layer may have it")
                .hasValue(
                        "handler must name a file of the code, got shop/Notes.handler, but there is no shop/Notes.js, .mjs or"
                                + " .cjs in " + code + "; name a file by its path from there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index", ".handler", "index.", "web.v1/index"})
    void rejectsWhatIsNoHandler(String handler) {
        write(code, "index.js", "");

        assertFails(
                handler,
                "[Shop] handler must be a file and an export, got \"" + handler + "\"; write it as in index.handler");
    }

    private void assertFails(String handler, String message) {
        assertThatThrownBy(() -> run(handler, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private Optional<String> run(String handler, boolean hasLayers) {
        try (CodeFiles files = CodeFiles.open(code)) {
            return NodeHandler.check(
                    new CodeTarget(
                            handler,
                            "nodejs24.x",
                            Machine.ARM_64,
                            hasLayers ? List.of(new CodeLayer("Layer", 0)) : List.of(),
                            false),
                    files,
                    code,
                    check);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
