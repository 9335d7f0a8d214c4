package dev.ashlar.constructs.function;

import static dev.ashlar.constructs.function.CodeFixture.CONTEXT;
import static dev.ashlar.constructs.function.CodeFixture.REQUEST_HANDLER;
import static dev.ashlar.constructs.function.CodeFixture.STREAM_HANDLER;
import static dev.ashlar.constructs.function.CodeFixture.TYPES;
import static dev.ashlar.constructs.function.CodeFixture.handler;
import static dev.ashlar.constructs.function.CodeFixture.jar;
import static dev.ashlar.constructs.function.CodeFixture.type;
import static dev.ashlar.constructs.function.CodeFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;
import software.amazon.awscdk.Stack;

class JavaHandlerTest {
    private static final String INPUT = "Ljava/io/InputStream;";
    private static final String OUTPUT = "Ljava/io/OutputStream;";
    private static final String STRING = "Ljava/lang/String;";

    @TempDir
    private Path code;

    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));

    // What Lambda can call

    @Test
    void takesEitherInterface() {
        handler("shop/Notes").writeTo(code);
        type("shop/Stream").implementing(STREAM_HANDLER).writeTo(code);

        assertPasses("shop.Notes");
        assertPasses("shop.Stream");
    }

    @Test
    void takesAnInterfaceThatASuperclassInAJarHas() {
        type("shop/Notes")
                .extending("frame/Base")
                .signature("Lframe/Base<Ljava/lang/String;>;")
                .writeTo(code);
        write(
                code,
                "lib/frame.jar",
                jar(Map.of(
                        "frame/Base.class",
                        type("frame/Base")
                                .access(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT)
                                .implementing("frame/Api")
                                .bytes(),
                        "frame/Api.class",
                        type("frame/Api")
                                .access(Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT)
                                .implementing(REQUEST_HANDLER)
                                .signature(TYPES)
                                .bytes())));

        assertPasses("shop.Notes");
    }

    @Test
    void takesAFrameworksHandlerThatLiesInAJar() {
        byte[] handler = type("frame/StreamHandler")
                .implementing(STREAM_HANDLER)
                .method("handleRequest(" + INPUT + OUTPUT + CONTEXT + ")V")
                .bytes();
        write(code, "lib/frame.jar", jar("frame/StreamHandler.class", handler));

        assertPasses("frame.StreamHandler");
        assertPasses("frame.StreamHandler::handleRequest");
    }

    @Test
    void takesWhatExtendsSomethingThatMayComeFromALayer() {
        type("shop/Notes").extending("layer/Base").writeTo(code);

        assertPasses("shop.Notes");
        assertPasses("shop.Notes::inherited");
    }

    @Test
    void takesAHandlerInLambdasOwnPackage() {
        String own = REQUEST_HANDLER.replace("RequestHandler", "Own");
        type(own).extending(own + "Base").writeTo(code);
        type(own + "Base").implementing(STREAM_HANDLER).writeTo(code);

        assertPasses(own.replace('/', '.'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "()V",
                "(" + STRING + ")V",
                "(I)V",
                "(" + CONTEXT + ")V",
                "(" + INPUT + ")V",
                "(" + OUTPUT + ")V",
                "(" + STRING + CONTEXT + ")V",
                "(" + INPUT + CONTEXT + ")V",
                "(" + OUTPUT + CONTEXT + ")V",
                "(" + INPUT + OUTPUT + ")V",
                "(" + INPUT + OUTPUT + CONTEXT + ")V"
            })
    void takesMethodsWhoseParametersLambdaFills(String descriptor) {
        type("shop/Notes").method("add" + descriptor).writeTo(code);

        assertPasses("shop.Notes::add");
    }

    @Test
    void ofOverloadsOneIsEnough() {
        type("shop/Notes")
                .method("add(II)V")
                .method(Opcodes.ACC_PRIVATE, "add(" + STRING + ")V")
                .method("add(" + STRING + CONTEXT + ")V")
                .writeTo(code);

        assertPasses("shop.Notes::add");
    }

    @Test
    void takesAStaticMethodOfWhatCannotBeCreated() {
        type("shop/Notes")
                .access(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT)
                .without("<init>()V")
                .method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "add(" + STRING + ")V")
                .writeTo(code);

        assertPasses("shop.Notes::add");
    }

    @Test
    void takesAnInheritedMethod() {
        type("shop/Notes").extending("shop/Base").writeTo(code);
        type("shop/Base").method("add(" + STRING + ")V").writeTo(code);

        assertPasses("shop.Notes::add");
    }

    @Test
    void readsClassesOfAJavaThatIsNotOutYet() {
        handler("shop/Notes").version(99).writeTo(code);

        assertPasses("shop.Notes");
    }

    // What it cannot find

    @ParameterizedTest
    @CsvSource({
        "shop.NotesHandlr, shop.NotesHandler",
        "shop.notesHandler, shop.NotesHandler",
        "shop.NotseHandler, shop.NotesHandler",
        "store.web.NotesHandler, shop.NotesHandler",
        "NotesHandler, shop.NotesHandler",
        "shop/NotesHandler, shop.NotesHandler",
        "shop.NotesHandler.Inner, shop.NotesHandler$Inner",
        "tools.Toll, tools.Tool"
    })
    void saysWhichClassWasProbablyMeant(String wrong, String right) {
        handler("shop/NotesHandler").writeTo(code);
        handler("shop/NotesHandler$Inner").writeTo(code);
        write(code, "lib/tools.jar", jar("tools/Tool.class", type("tools/Tool").bytes()));

        assertFails(
                wrong,
                "[Shop] handler must be a class in the code, got " + wrong + ", which is neither at the root of " + code
                        + " nor in a jar under lib/; did you mean " + right + "?");
    }

    @Test
    void keepsTheMethodOfAMisspeltClass() {
        handler("shop/Notes").writeTo(code);

        assertFails(
                "shop.Note::add",
                "[Shop] handler must be a class in the code, got shop.Note::add, which is neither at the root of "
                        + code + " nor in a jar under lib/; did you mean shop.Notes::add?");
    }

    @Test
    void saysWhenNoClassIsSimilar() {
        handler("shop/Notes").writeTo(code);

        assertFails(
                "index.handler",
                "[Shop] handler must be a class in the code, got index.handler, which is neither at the root of " + code
                        + " nor in a jar under lib/; name a class with its package, and no class there has a similar name");
    }

    @Test
    void aLayerMayHaveWhatIsNotThere() {
        handler("shop/Notes").writeTo(code);

        assertThat(run("shop.Note", true))
                .hasValue("handler must be a class in the code, got shop.Note, which is neither at the root of " + code
                        + " nor in a jar under lib/; did you mean shop.Notes?");
    }

    @Test
    void saysWhereLambdaDoesNotLook() {
        write(code, "BOOT-INF/classes/shop/Notes.class", handler("shop/Notes").bytes());
        write(code, "notes.jar", jar("web/Pages.class", handler("web/Pages").bytes()));
        write(code, "lib/more/broken.jar", "no jar");

        assertFails(
                "shop.Notes",
                "[Shop] handler must be a class at the root of the code or in a jar under lib/, got shop.Notes, which lies in"
                        + " BOOT-INF/classes/shop/Notes.class in " + code
                        + "; Lambda does not look there, move the class to the root or its jar to lib/");
        assertFails(
                "web.Pages",
                "[Shop] handler must be a class at the root of the code or in a jar under lib/, got web.Pages, which lies in"
                        + " notes.jar!/web/Pages.class in " + code
                        + "; Lambda does not look there, move the class to the root or its jar to lib/");
    }

    // What it cannot call

    @Test
    void rejectsAClassWithoutInterface() {
        type("shop/Notes").method("equals(Ljava/lang/Object;)Z").writeTo(code);
        type("shop/Plain").method("add(" + STRING + CONTEXT + ")V").writeTo(code);

        assertFails(
                "shop.Notes",
                "[Shop] handler must be a class that implements RequestHandler or RequestStreamHandler, got shop.Notes, which"
                        + " does not (shop/Notes.class in " + code
                        + "); let it implement one, or name a method as in shop.Notes::handle");
        assertFails(
                "shop.Plain",
                "[Shop] handler must be a class that implements RequestHandler or RequestStreamHandler, got shop.Plain, which"
                        + " does not (shop/Plain.class in " + code + "); did you mean shop.Plain::add?");
    }

    @Test
    void rejectsAnInterfaceWithoutTypes() {
        type("shop/Notes").implementing(REQUEST_HANDLER).writeTo(code);

        assertFails(
                "shop.Notes",
                "[Shop] handler must be a class that says the types of its RequestHandler, got shop.Notes, which does not"
                        + " (shop/Notes.class in " + code + "); write RequestHandler<Input, Output>");
    }

    @Test
    void rejectsWhatCannotBeCreated() {
        handler("shop/Base").access(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT).writeTo(code);
        handler("shop/Api")
                .access(Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT)
                .writeTo(code);
        handler("shop/Hidden").access(0).writeTo(code);
        handler("shop/Notes")
                .without("<init>()V")
                .method("<init>(" + STRING + ")V")
                .writeTo(code);
        handler("shop/Notes$Inner").method(Opcodes.ACC_PRIVATE, "<init>()V").writeTo(code);

        assertFails(
                "shop.Base",
                "[Shop] handler must be a class that Lambda can create, got shop.Base, which is abstract (shop/Base.class in "
                        + code + "); name a class that extends it");
        assertFails(
                "shop.Api",
                "[Shop] handler must be a class that Lambda can create, got shop.Api, which is an interface (shop/Api.class in "
                        + code + "); name a class that implements it");
        assertFails(
                "shop.Hidden",
                "[Shop] handler must be a public class, got shop.Hidden, which is not public (shop/Hidden.class in "
                        + code + "); make it public");
        assertFails(
                "shop.Notes",
                "[Shop] handler must be a class that Lambda can create, got shop.Notes, which has no public constructor without"
                        + " parameters (shop/Notes.class in " + code + "); add one");
        assertFails(
                "shop.Notes$Inner",
                "[Shop] handler must be a class that Lambda can create, got shop.Notes$Inner, which has no public constructor"
                        + " without parameters (shop/Notes$Inner.class in " + code
                        + "); add one, and make it static if it is an inner class");
    }

    @Test
    void aMethodsClassMustBeCreatableToo() {
        type("shop/Base")
                .access(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT)
                .method("add(" + STRING + ")V")
                .writeTo(code);
        type("shop/Hidden")
                .access(0)
                .method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "add(" + STRING + ")V")
                .writeTo(code);

        assertFails(
                "shop.Base::add",
                "[Shop] handler must be a class that Lambda can create, got shop.Base::add, which is abstract (shop/Base.class in "
                        + code + "); name a class that extends it");
        assertFails(
                "shop.Hidden::add",
                "[Shop] handler must be a public class, got shop.Hidden::add, which is not public (shop/Hidden.class in "
                        + code + "); make it public");
    }

    @Test
    void rejectsAMisspeltMethod() {
        byte[] notes = handler("shop/Notes")
                .method("handleRequest(" + STRING + CONTEXT + ")" + STRING)
                .method("close()V")
                .method(Opcodes.ACC_PRIVATE, "hidden()V")
                .bytes();
        write(code, "lib/notes.jar", jar("shop/Notes.class", notes));
        type("shop/Empty").writeTo(code);

        assertFails(
                "shop.Notes::handelRequest",
                "[Shop] handler must name a method of its class, got shop.Notes::handelRequest, which is not in"
                        + " lib/notes.jar!/shop/Notes.class in " + code + "; did you mean shop.Notes::handleRequest?");
        assertFails(
                "shop.Notes::create",
                "[Shop] handler must name a method of its class, got shop.Notes::create, which is not in"
                        + " lib/notes.jar!/shop/Notes.class in " + code
                        + "; its public methods are close, handleRequest");
        assertFails(
                "shop.Empty::",
                "[Shop] handler must name a method of its class, got shop.Empty::, which is not in shop/Empty.class in "
                        + code + "; add it");
    }

    @Test
    void rejectsAMethodThatIsNotPublic() {
        type("shop/Notes").method(0, "add(" + STRING + ")V").writeTo(code);

        assertFails(
                "shop.Notes::add",
                "[Shop] handler must name a public method, got shop.Notes::add, which is not public (shop/Notes.class in "
                        + code + "); make it public");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(" + STRING + "I)V | (String, int)",
                "(" + CONTEXT + STRING + ")V | (Context, String)",
                "(" + CONTEXT + CONTEXT + ")V | (Context, Context)",
                "(" + OUTPUT + INPUT + ")V | (OutputStream, InputStream)",
                "(" + STRING + OUTPUT + CONTEXT + ")V | (String, OutputStream, Context)",
                "(" + INPUT + OUTPUT + CONTEXT + "I)V | (InputStream, OutputStream, Context, int)"
            })
    void rejectsParametersThatLambdaCannotFill(String descriptor, String shown) {
        type("shop/Notes").method("add" + descriptor).writeTo(code);

        assertFails(
                "shop.Notes::add",
                "[Shop] handler must name a method that Lambda can call, got shop.Notes::add, whose parameters are "
                        + shown
                        + " (shop/Notes.class in " + code + "); Lambda fills (input), (input, Context), (Context),"
                        + " (InputStream, OutputStream) and (InputStream, OutputStream, Context)");
    }

    @Test
    void showsAllOverloadsThatItCannotFill() {
        type("shop/Notes").method("add(II)V").method("add(III)V").writeTo(code);

        assertThatThrownBy(() -> run("shop.Notes::add", false))
                .hasMessageContaining("whose parameters are (int, int) and (int, int, int) (");
    }

    // What cannot be read

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 30, 100})
    void rejectsATruncatedClass(int length) {
        byte[] whole = handler("shop/Notes").bytes();
        assertThat(whole.length).isGreaterThan(100);
        write(code, "shop/Notes.class", Arrays.copyOf(whole, length));

        assertFails(
                "shop.Notes",
                "[Shop] handler must be a class that can be read, got shop.Notes, but shop/Notes.class is no whole class file in "
                        + code + "; build it again");
    }

    @Test
    void rejectsWhatIsNoClassAtAll() {
        byte[] bytes = handler("shop/Notes").bytes();
        bytes[0] = 0;
        write(code, "shop/Notes.class", bytes);

        assertThatThrownBy(() -> run("shop.Notes", false))
                .hasMessageContaining("but shop/Notes.class is no whole class file in ");
    }

    @Test
    void rejectsABrokenSuperclass() {
        type("shop/Notes").extending("shop/Base").writeTo(code);
        write(code, "lib/base.jar", jar("shop/Base.class", new byte[0]));

        assertFails(
                "shop.Notes",
                "[Shop] handler must be a class that can be read, got shop.Notes, but lib/base.jar!/shop/Base.class is no whole"
                        + " class file in " + code + "; build it again");
    }

    @Test
    void aClassThatExtendsItselfEnds() {
        type("shop/Notes").extending("shop/Base").writeTo(code);
        type("shop/Base").extending("shop/Notes").writeTo(code);

        assertThatThrownBy(() -> run("shop.Notes", false))
                .hasMessageContaining("must be a class that implements RequestHandler or RequestStreamHandler");
    }

    private void assertPasses(String handler) {
        assertThat(run(handler, false)).isEmpty();
    }

    private void assertFails(String handler, String message) {
        assertThatThrownBy(() -> run(handler, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    private Optional<String> run(String handler, boolean hasLayers) {
        try (CodeFiles files = CodeFiles.open(code)) {
            return JavaHandler.check(
                    new CodeTarget(
                            handler,
                            "java17",
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
