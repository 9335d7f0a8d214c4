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

class PythonHandlerTest {
    @TempDir
    private Path code;

    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));

    @ParameterizedTest
    @CsvSource({
        "notes.py, notes.handler",
        "web/notes.py, web/notes.handler",
        "web/notes.py, web.notes.handler",
        "web/__init__.py, web.handler"
    })
    void findsTheModule(String file, String handler) {
        write(code, file, "def handler(event, context):\n    pass\n");

        assertThat(run(handler, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"notes.pyc", "notes.cpython-313-aarch64-linux-gnu.so", "notes.abi3.so", "notes/__init__.pyc"})
    void takesCompiledModulesAsTheyAre(String file) {
        write(code, file, "");

        assertThat(run("notes.handler", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "async def handler(event, context): pass",
                "@tracer.capture\ndef handler(event, context): pass",
                "try:\n    def handler(e, c): pass\nexcept: pass",
                "class handler: pass",
                "handler = Mangum(app)",
                "handler: Handler = make()",
                "first, handler = make()",
                "from web import handler",
                "from web import (\n    first,\n    handler,\n)",
                "import web as handler",
                "from web import *",
                "globals()['handler'] = make()"
            })
    void seesWhatDefinesTheFunction(String source) {
        write(code, "notes.py", source);

        assertThat(run("notes.handler", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# def handler(): pass", "print(handler)", "def handlers(): pass", "x(handler=1)"})
    void warnsWhenNothingDefinesTheFunction(String source) {
        write(code, "notes.py", source);

        assertThat(run("notes.handler", false))
                .get()
                .asString()
                .startsWith("handler must name a function, got notes.handler, but notes.py in " + code
                        + " does not seem to define handler; ");
    }

    @Test
    void saysWhichFunctionWasProbablyMeant() {
        write(code, "notes.py", "async def handler(event, context): pass\ndef other(): pass\n");

        assertThat(run("notes.handlr", false))
                .hasValue("handler must name a function, got notes.handlr, but notes.py in " + code
                        + " does not seem to define handlr; did you mean notes.handler?");
        assertThat(run("notes.create", false))
                .hasValue("handler must name a function, got notes.create, but notes.py in " + code
                        + " does not seem to define create; correct the name, or acknowledge this if the function is made"
                        + " while Python runs");
    }

    @ParameterizedTest
    @CsvSource({
        "web/note.handler, web/note, web/notes.handler",
        "web.note.handler, web/note, web.notes.handler",
        "notes.handler, notes, web.notes.handler",
        "mian.handler, mian, main.handler"
    })
    void saysWhichModuleWasProbablyMeant(String wrong, String module, String right) {
        write(code, "web/notes.py", "");
        write(code, "main/__init__.py", "");

        assertFails(
                wrong,
                "[Shop] handler must name a module of the code, got %s, but there is no %s.py in %s; did you mean %s?"
                        .formatted(wrong, module, code, right));
    }

    @Test
    void saysWhenNoModuleIsSimilar() {
        write(code, "notes.py", "");

        assertFails(
                "com.shop.Handler",
                "[Shop] handler must name a module of the code, got com.shop.Handler, but there is no com/shop.py in "
                        + code + "; name a file by its path from there");
        assertThat(run("com.shop.Handler", true))
                .as("a layer may have it")
                .hasValue(
                        "handler must name a module of the code, got com.shop.Handler, but there is no com/shop.py in "
                                + code + "; name a file by its path from there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "handler", ".handler", "notes."})
    void rejectsWhatIsNoHandler(String handler) {
        write(code, "notes.py", "");

        assertFails(
                handler,
                "[Shop] handler must be a module and a function, got \"" + handler
                        + "\"; write it as in notes.handler");
    }

    @Test
    void looksAtNothingOutsideOfTheCode() {
        write(code, "outside.py", "def handler(e, c): pass");
        write(code.resolve("inside"), "notes.py", "");

        assertThatThrownBy(() -> run("../outside.handler", code.resolve("inside"), false))
                .hasMessageContaining("but there is no ");
    }

    private void assertFails(String handler, String message) {
        assertThatThrownBy(() -> run(handler, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private Optional<String> run(String handler, boolean hasLayers) {
        return run(handler, code, hasLayers);
    }

    private Optional<String> run(String handler, Path path, boolean hasLayers) {
        try (CodeFiles files = CodeFiles.open(path)) {
            return PythonHandler.check(
                    new CodeTarget(
                            handler,
                            "python3.13",
                            Machine.ARM_64,
                            hasLayers ? List.of(new CodeLayer("Layer", 0)) : List.of(),
                            false),
                    files,
                    path,
                    check);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
