package dev.ashlar.constructs.function;

import static dev.ashlar.constructs.function.CodeFixture.elf;
import static dev.ashlar.constructs.function.CodeFixture.handler;
import static dev.ashlar.constructs.function.CodeFixture.jar;
import static dev.ashlar.constructs.function.CodeFixture.type;
import static dev.ashlar.constructs.function.CodeFixture.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.IStableStringProducer;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;

class CodeChecksTest {
    private static final int X86_64 = 62;
    private static final int ARM_64 = 183;
    private static final int JAVA_21 = 65;
    private static final int JAVA_25 = 69;

    @TempDir
    private Path code;

    @TempDir
    private Path other;

    private final App building = TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**")));
    private final Stack stack = new Stack(building, "Shop");

    @Test
    void aCleanJarGivesNothing() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("shop/Notes.class", handler("shop/Notes").bytes());
        entries.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n".getBytes(UTF_8));
        entries.put("lib/tools.jar", jar("tools/Tool.class", type("tools/Tool").bytes()));
        write(other, "clean.jar", jar(entries));

        FunctionCode.jar(other.resolve("clean.jar").toString())
                .codeFor(stack, new CodeTarget("shop.Notes", "java17", Machine.ARM_64, List.of(), false));

        assertNoWarnings();
    }

    @Test
    void defaultsAreThoseOfWarmFunction() {
        assertThat(CodeTarget.of(props().build()))
                .isEqualTo(new CodeTarget("shop.Notes", "java25", Machine.ARM_64, List.of(), false));
        assertThat(CodeTarget.of(props().runtime(Runtime.JAVA_8_CORRETTO)
                        .architecture(Architecture.X86_64)
                        .build()))
                .isEqualTo(new CodeTarget("shop.Notes", "java8.al2", Machine.X86_64, List.of(), false));
        assertThat(CodeTarget.of(props().architecture(Architecture.custom("riscv"))
                                .build())
                        .machine())
                .isNull();
    }

    private static WarmFunctionProps.Builder props() {
        return WarmFunctionProps.builder().code(FunctionCode.directory("code")).handler("shop.Notes");
    }

    // Bytecode

    @ParameterizedTest
    @CsvSource({"java8.al2, 52, 8", "java11, 55, 11", "java17, 61, 17", "java21, 65, 21", "java25, 69, 25"})
    void classesMustNotBeNewerThanTheRuntime(String runtime, int version, int java) {
        handler("shop/Notes").version(version).writeTo(code);
        check("shop.Notes", runtime, Machine.ARM_64);

        handler("shop/Fresh").version(version + 1).writeTo(code);
        assertThatThrownBy(() -> check("shop.Notes", runtime, Machine.ARM_64))
                .hasMessageStartingWith("[Shop] code must be of Java %d or older to run on %s, got Java %d in"
                        .formatted(java, runtime, java + 1));
    }

    @Test
    void saysWhichClassIsTooNewAndWhatRunsIt() {
        handler("shop/Notes").writeTo(code);
        type("shop/Fresh").version(JAVA_21).writeTo(code);

        assertFails(
                () -> check("shop.Notes", "java17", Machine.ARM_64),
                "[Shop] code must be of Java 17 or older to run on java17, got Java 21 in shop/Fresh.class in " + code
                        + "; compile with --release 17, or set runtime(Runtime.JAVA_21)");
    }

    @Test
    void saysWhichJarIsTooNew() {
        handler("shop/Notes").writeTo(code);
        write(
                code,
                "lib/fresh.jar",
                jar("fresh/New.class", type("fresh/New").version(70).bytes()));

        assertFails(
                () -> check("shop.Notes", "java25", Machine.ARM_64),
                "[Shop] code must be of Java 25 or older to run on java25, got Java 26 in lib/fresh.jar!/fresh/New.class in "
                        + code + "; take a version of the jar for Java 25");
    }

    @Test
    void whatAnOlderJavaNeverLoadsMayBeNewer() {
        handler("shop/Notes").writeTo(code);
        byte[] fresh = type("fresh/New").version(JAVA_25).bytes();
        write(code, "module-info.class", fresh);
        write(code, "META-INF/versions/11/fresh/New.class", fresh);
        write(code, "BOOT-INF/classes/fresh/New.class", fresh);
        write(code, "data/fresh.jar", jar("fresh/New.class", fresh));
        write(code, "lib/fresh.jar", jar("META-INF/versions/21/fresh/New.class", fresh));

        check("shop.Notes", "java17", Machine.ARM_64);

        assertThatThrownBy(() -> check("shop.Notes", "java21", Machine.ARM_64))
                .hasMessageContaining("got Java 25 in lib/fresh.jar!/META-INF/versions/21/fresh/New.class in ");
    }

    @Test
    void onlyJavaCaresForClasses() {
        write(code, "bootstrap", "#!/bin/sh\n");
        type("shop/Fresh").version(70).writeTo(code);

        check("anything", "provided.al2023", Machine.ARM_64);

        assertNoWarnings();
    }

    // Native libraries

    @Test
    void librariesMustBeForTheArchitecture() {
        handler("shop/Notes").writeTo(code);
        write(code, "native/libfast.so", elf(X86_64));

        check("shop.Notes", "java17", Machine.X86_64);
        assertFails(
                () -> check("shop.Notes", "java17", Machine.ARM_64),
                "[Shop] code must have native libraries for arm64, got native/libfast.so in " + code
                        + " for x86_64 alone; build for arm64, or set architecture(Architecture.X86_64)");
    }

    @Test
    void librariesInJarsMustBeToo() {
        handler("shop/Notes").writeTo(code);
        write(code, "lib/fast.jar", jar("linux/libfast.so.1", elf(ARM_64)));

        check("shop.Notes", "java17", Machine.ARM_64);
        assertFails(
                () -> check("shop.Notes", "java17", Machine.X86_64),
                "[Shop] code must have native libraries for x86_64, got lib/fast.jar!/linux/libfast.so.1 in " + code
                        + " for arm64 alone; build for x86_64, or set architecture(Architecture.ARM_64)");
    }

    @Test
    void librariesInJarsInsideAJarMustBeToo() {
        byte[] inner = jar("libfast.so", elf(X86_64));
        write(code, "app.zip", jar("app/deep.jar", inner));
        Path zip = code.resolve("app.zip");

        assertFails(
                () -> FunctionCode.jar(zip.toString())
                        .codeFor(stack, new CodeTarget("x", "provided.al2023", Machine.ARM_64, List.of(), false)),
                "[Shop] code must have native libraries for arm64, got app/deep.jar!/libfast.so in " + zip
                        + " for x86_64 alone; build for arm64, or set architecture(Architecture.X86_64)");
    }

    @ParameterizedTest
    @CsvSource({
        "linux-x86_64/libfast.so, linux-aarch64/libfast.so",
        "Linux/amd64/libfast.so, Linux/arm64/libfast.so",
        "libfast-linux64.so, libfast-linux-aarch64.so",
        "libfast_x86_64.so, libfast_aarch_64.so",
        "fast.cpython-313-x86_64-linux-gnu.so, fast.cpython-313-aarch64-linux-gnu.so",
        "lib/sharp-linux-x64.node, lib/sharp-linux-arm64.node",
        "libfast-linux-x86_64-glibc2.17.so, libfast-linux-aarch64-glibc2.17.so"
    })
    void aLibraryThatIsThereForBothFitsBoth(String intel, String arm) {
        write(code, intel, elf(X86_64));
        write(code, arm, elf(ARM_64));
        write(code, "riscv/libfast.so", elf(243));
        write(code, "win/fast.dll", "MZ");

        check("x", "provided.al2023", Machine.ARM_64);
        check("x", "provided.al2023", Machine.X86_64);

        assertNoWarnings();
    }

    @Test
    void fiveLibrariesAreAllNamed() {
        write(code, "arm64/liba.so", elf(ARM_64));
        for (int i = 1; i <= 5; i++) {
            write(code, "x64/lib" + (char) ('b' + i) + ".so", elf(X86_64));
        }

        assertFails(
                () -> check("x", "provided.al2023", Machine.ARM_64),
                "[Shop] code must have native libraries for arm64, got x64/libc.so, x64/libd.so, x64/libe.so, x64/libf.so,"
                        + " x64/libg.so in " + code + " for x86_64 alone; build for arm64");
    }

    @Test
    void eachLibraryMustBeThere() {
        write(code, "arm64/liba.so", elf(ARM_64));
        for (int i = 1; i <= 7; i++) {
            write(code, "x64/lib" + (char) ('b' + i) + ".so", elf(X86_64));
        }

        assertFails(
                () -> check("x", "provided.al2023", Machine.ARM_64),
                "[Shop] code must have native libraries for arm64, got x64/libc.so, x64/libd.so, x64/libe.so, x64/libf.so,"
                        + " x64/libg.so and 2 more in " + code + " for x86_64 alone; build for arm64");
    }

    @Test
    void aProgramIsOneToo() {
        write(code, "bootstrap", elf(X86_64));

        assertFails(
                () -> check("x", "provided.al2023", Machine.ARM_64),
                "[Shop] code must have native libraries for arm64, got bootstrap in " + code
                        + " for x86_64 alone; build for arm64, or set architecture(Architecture.X86_64)");
    }

    @Test
    void anUnknownArchitectureIsNotChecked() {
        write(code, "bootstrap", elf(X86_64));

        check("x", "provided.al2023", null);

        assertNoWarnings();
    }

    // Size

    @Test
    void codeMustFitIntoLambda() throws IOException {
        sparse("model.bin", 262_143_999);
        assertThat(sizeOf(code)).isEqualTo(262_143_999);

        sparse("model.bin", 262_144_000);
        assertThatThrownBy(() -> sizeOf(code)).hasMessageContaining("got 262144000 bytes in ");
    }

    @Test
    void saysWhatTakesMostOfTheSpace() throws IOException {
        sparse("model.bin", 260L << 20);
        for (int i = 1; i <= 5; i++) {
            sparse("part" + i, i);
        }

        assertFails(
                () -> FunctionCode.directory(code.toString()).codeFor(stack, null),
                "[Shop] code must be smaller than 262144000 bytes unzipped, got 272629775 bytes in " + code
                        + "; leave out what the function does not need, the largest files are model.bin (272629760),"
                        + " part5 (5), part4 (4), part3 (3), part2 (2)");
    }

    @Test
    void sizesOfJarsAreUnzippedOnce() throws IOException {
        byte[] library = jar("zeros", new byte[1 << 20]);
        write(code, "app.zip", jar(Map.of("zeros", new byte[1000], "lib/zeros.jar", library)));

        BuiltCode built = BuiltCode.at(code.resolve("app.zip"), Check.of(stack));

        assertThat(built.facts().size()).isEqualTo(1000 + library.length);
    }

    // Duplicates

    @Test
    void warnsOfClassesThatAreThereTwiceAndDiffer() {
        handler("shop/Notes").writeTo(code);
        write(code, "lib/a.jar", jar("shop/Notes.class", type("shop/Notes").bytes()));
        write(
                code,
                "lib/b.jar",
                jar("shop/Notes.class", type("shop/Notes").version(60).bytes()));

        check("shop.Notes", "java17", Machine.ARM_64);

        assertWarns("code must have each class once, got different ones of the same name in " + code
                + ": shop.Notes (the root, lib/a.jar, lib/b.jar); Lambda takes the one at the root, else the one in the"
                + " first jar by name, so exclude the dependency that is too many [ack: ashlar:duplicateClasses]");
    }

    @Test
    void namesFiveOfManyDuplicates() {
        Map<String, byte[]> first = new LinkedHashMap<>();
        Map<String, byte[]> second = new LinkedHashMap<>();
        for (String name : List.of("A", "B", "C", "D", "E", "F", "G")) {
            first.put("x/" + name + ".class", type("x/" + name).bytes());
            second.put("x/" + name + ".class", type("x/" + name).version(52).bytes());
        }
        write(code, "lib/a.jar", jar(first));
        write(code, "lib/b.jar", jar(second));

        FunctionCode.directory(code.toString()).codeFor(stack, null);

        assertWarns("code must have each class once, got different ones of the same name in " + code
                + ": x.A (lib/a.jar, lib/b.jar), x.B (lib/a.jar, lib/b.jar), x.C (lib/a.jar, lib/b.jar),"
                + " x.D (lib/a.jar, lib/b.jar), x.E (lib/a.jar, lib/b.jar) and 2 more; Lambda takes the one at the root,"
                + " else the one in the first jar by name, so exclude the dependency that is too many"
                + " [ack: ashlar:duplicateClasses]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module-info.class",
                "x/package-info.class",
                "META-INF/x/A.class",
                "META-INF/versions/9/x/A.class",
                "x/readme.txt"
            })
    void whatEveryJarMayHaveIsNoDuplicate(String name) {
        write(code, "lib/a.jar", jar(name, type("x/A").bytes()));
        write(code, "lib/b.jar", jar(name, type("x/A").version(52).bytes()));

        FunctionCode.directory(code.toString()).codeFor(stack, null);

        assertNoWarnings();
    }

    @Test
    void theSameClassTwiceIsNoDuplicate() {
        write(code, "lib/a.jar", jar("x/A.class", type("x/A").bytes()));
        write(code, "lib/b.jar", jar("x/A.class", type("x/A").bytes()));

        FunctionCode.directory(code.toString()).codeFor(stack, null);

        assertNoWarnings();
    }

    // What is checked for whom

    @Test
    void cdksOwnFunctionsAreCheckedForWhatHoldsEverywhere() {
        write(code, "lib/a.jar", jar("x/A.class", type("x/A").version(70).bytes()));
        write(code, "lib/b.jar", jar("x/A.class", type("x/A").version(52).bytes()));
        write(code, "libfast.so", elf(X86_64));

        Function.Builder.create(stack, "Plain")
                .code(FunctionCode.directory(code.toString()).toCode())
                .handler("no.Such")
                .runtime(Runtime.JAVA_17)
                .architecture(Architecture.ARM_64)
                .build();

        Annotations.fromStack(stack)
                .hasWarning("/Shop/Plain", Match.stringLikeRegexp("code must have each class once, got .*"));
    }

    @Test
    void codeOfCdksOwnAndPlaceholdersAreNotOpened() {
        CodeTarget target = new CodeTarget("no.Such", "java17", Machine.ARM_64, List.of(), false);
        Code given = Code.fromInline("pass");

        assertThat(FunctionCode.of(given).codeFor(stack, target)).isSameAs(given);
        FunctionCode.directory("no/such/directory").codeFor(new Stack(TestApp.create(), "Shop"), target);
    }

    @Test
    void aHandlerThatIsATokenPasses() {
        handler("shop/Notes").writeTo(code);

        check(Lazy.string(new Handler()), "java17", Machine.ARM_64);

        assertNoWarnings();
    }

    // What cannot be read

    @Test
    void rejectsAFileThatIsNoZip() {
        write(code, "code.jar", "version https://git-lfs.github.com/spec/v1\n");
        Path jar = code.resolve("code.jar");

        assertFails(
                () -> FunctionCode.jar(jar.toString()).codeFor(stack, null),
                "[Shop] code must be readable, got " + jar
                        + ", which is not: zip END header not found; build it again");
    }

    @Test
    void rejectsAJarUnderLibThatIsNone() {
        handler("shop/Notes").writeTo(code);
        write(code, "lib/broken.jar", "no jar");

        assertFails(
                () -> check("shop.Notes", "java17", Machine.ARM_64),
                "[Shop] code must hold jars that can be read, got lib/broken.jar: zip END header not found in " + code
                        + "; build or download it again");
    }

    @Test
    void rejectsABrokenJarInsideAJar() {
        byte[] library = jar("x/A.class", new byte[1 << 12]);
        Arrays.fill(library, 40, 60, (byte) 0xFF);
        write(code, "app.jar", jar("lib/broken.jar", library));
        Path jar = code.resolve("app.jar");

        assertThatThrownBy(() -> FunctionCode.jar(jar.toString()).codeFor(stack, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("[Shop] code must hold jars that can be read, got lib/broken.jar: ")
                .hasMessageEndingWith(" in " + jar + "; build or download it again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../outside.class",
                "/etc/Passwd.class",
                "C:\\windows\\System.class",
                "a\nb/C.class",
                "tab\there.class",
                ".class",
                "lib/.jar",
                "a//b.class",
                "META-INF/versions/99999/x/A.class",
                "META-INF/versions/9/.class",
                "\uD83D\uDE00/\u00E9.class"
            })
    void absurdNamesAreOnlyNames(String name) throws IOException {
        byte[] content = name.endsWith(".jar") ? jar(Map.of()) : new byte[] {1};
        write(
                other,
                "app.jar",
                jar(Map.of(
                        name, content, "shop/Notes.class", handler("shop/Notes").bytes())));
        String path = other.resolve("app.jar").toString();

        FunctionCode.jar(path).codeFor(stack, new CodeTarget("shop.Notes", "java17", Machine.ARM_64, List.of(), false));

        assertNoWarnings();
        try (var files = Files.list(other)) {
            assertThat(files).hasSize(1);
        }
    }

    /** Seeded, so that a failure can be seen again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void brokenBytesGiveAMessageAndNeverATraceOfWhoReadThem(int seed) {
        Random random = new Random(seed);
        byte[] good = handler("shop/Notes").method("add(I)V").bytes();
        byte[] goodJar = jar(Map.of(
                "shop/Notes.class",
                good,
                "lib/tools.jar",
                jar("tools/Tool.class", type("tools/Tool").bytes())));
        CodeTarget target = new CodeTarget("shop.Notes", "java17", Machine.ARM_64, List.of(), false);
        for (int i = 0; i < 100; i++) {
            write(code, "shop/Notes.class", broken(good, random));
            write(other, "app.jar", broken(goodJar, random));

            assertNothingButMessages(
                    () -> FunctionCode.directory(code.toString()).codeFor(stack, target));
            assertNothingButMessages(
                    () -> FunctionCode.jar(other.resolve("app.jar").toString()).codeFor(stack, target));
        }
    }

    @Test
    void warnsOfJavaThatDoesNotKnowPings() {
        handler("shop/Notes").writeTo(code);
        checkPinged("shop.Notes", "java17");

        assertWarns(
                "handler must answer pings, got shop.Notes, whose code has no dev.ashlar.runtime.WarmUp; wrap it, or"
                        + " acknowledge this if it knows them [ack: ashlar:pingNotAnswered]");
    }

    @Test
    void javaWithWarmUpAnswersPings() {
        handler("shop/Notes").writeTo(code);
        write(
                code,
                "lib/ashlar-runtime.jar",
                jar(
                        "dev/ashlar/runtime/WarmUp.class",
                        type("dev/ashlar/runtime/WarmUp").bytes()));
        checkPinged("shop.Notes", "java17");

        assertNoWarnings();
    }

    @ParameterizedTest
    @CsvSource({
        "web/notes.py, web.notes.handler, python3.14, def handler(event%2C context)",
        "web/notes.mjs, web/notes.handler, nodejs24.x, export const handler ="
    })
    void scriptsMustKnowPings(String file, String handler, String runtime, String definition) {
        String source = definition.replace("%2C", ",") + ": pass\n";
        write(code, file, source.getBytes(UTF_8));
        checkPinged(handler, runtime);
        assertWarns(
                "handler must answer pings, got " + handler + ", beside which nothing says \"ashlar\"; see the page on"
                        + " functions for the lines it takes, or acknowledge this if it knows them [ack: ashlar:pingNotAnswered]");
    }

    @ParameterizedTest
    @CsvSource({"web/notes.py, web.notes.handler, python3.14", "web/notes.mjs, web/notes.handler, nodejs24.x"})
    void scriptsThatKnowPingsGiveNothing(String file, String handler, String runtime) {
        write(code, file, "def handler(event, context): pass\nexport const handler =\n".getBytes(UTF_8));
        write(code, "web/ping." + (runtime.startsWith("p") ? "py" : "js"), "\"ashlar\"".getBytes(UTF_8));

        checkPinged(handler, runtime);

        assertNoWarnings();
    }

    @ParameterizedTest
    @CsvSource({"web/notes.py, web.notes.handler, python3.14", "web/notes.mjs, web/notes.handler, nodejs24.x"})
    void scriptsOfOtherFoldersDoNotAnswerPings(String file, String handler, String runtime) {
        write(code, file, "def handler(event, context): pass\nexport const handler =\n".getBytes(UTF_8));
        write(code, "ping.py", "\"ashlar\"".getBytes(UTF_8));
        write(code, "job/ping.js", "\"ashlar\"".getBytes(UTF_8));

        checkPinged(handler, runtime);

        Annotations.fromStack(stack)
                .hasWarning("/Shop", Match.stringLikeRegexp("handler must answer pings, got " + handler + ".*"));
    }

    @Test
    void whatCannotBeReadMayKnowPings() {
        write(code, "bootstrap", "MZ");

        checkPinged("bootstrap", "provided.al2023");

        assertNoWarnings();
    }

    @Test
    void warnsOfAHandlerThatIsNotSeen() {
        write(code, "notes.py", "def other(event, context): pass\n".getBytes(UTF_8));

        check("notes.handler", "python3.14", Machine.ARM_64);

        Annotations.fromStack(stack)
                .hasWarning("/Shop", Match.stringLikeRegexp(".*notes.handler.*\\[ack: ashlar:handlerNotFound\\]"));
    }

    private void checkPinged(String handler, String runtime) {
        FunctionCode.directory(code.toString())
                .codeFor(stack, new CodeTarget(handler, runtime, Machine.ARM_64, List.of(), true));
    }

    @Test
    void layersCountWhereTheirSizeIsKnown() throws IOException {
        write(other, "python/shared.py", "x = 1\n".getBytes(UTF_8));
        LayerVersion own = LayerVersion.Builder.create(stack, "Own")
                .code(FunctionCode.directory(other.toString()).toCode())
                .build();
        LayerVersion cdks = LayerVersion.Builder.create(stack, "Cdks")
                .code(Code.fromAsset(other.toString()))
                .build();

        assertThat(CodeLayer.of(own)).isEqualTo(new CodeLayer("Shop/Own", 6));
        assertThat(CodeLayer.of(cdks)).isEqualTo(new CodeLayer("Shop/Cdks", 6));
        assertThat(CodeLayer.of(LayerVersion.fromLayerVersionArn(
                        stack, "Given", "arn:aws:lambda:eu-central-1:123456789012:layer:extras:1")))
                .isEqualTo(new CodeLayer("Shop/Given", 0));
    }

    @Test
    void codeAndLayersTogetherMustFit() {
        handler("shop/Notes").writeTo(code);
        long size = BuiltCode.at(code, Check.of(stack)).facts().size();
        long room = CodeSize.LIMIT_BYTES - size;

        checkWithLayers(new CodeLayer("Shop/Small", room - 1));

        assertFails(
                () -> checkWithLayers(new CodeLayer("Shop/Libraries", 1), new CodeLayer("Shop/Model", room - 1)),
                "[Shop] code must be smaller than 262144000 bytes unzipped with its layers, got 262144000 bytes: "
                        + size
                        + " in " + code + ", 1 in the layer Shop/Libraries, " + (room - 1)
                        + " in the layer Shop/Model; leave out what the function does not need");
    }

    private void checkWithLayers(CodeLayer... layers) {
        FunctionCode.directory(code.toString())
                .codeFor(stack, new CodeTarget("shop.Notes", "java17", Machine.ARM_64, List.of(layers), false));
    }

    @Test
    void factsSurviveTheirRecord() {
        handler("shop/Notes").writeTo(code);
        write(code, "odd\tname\n%.so", elf(X86_64));
        write(
                code,
                "lib/a.jar",
                jar(
                        "META-INF/versions/21/x/A.class",
                        type("x/A").version(JAVA_21).bytes()));
        write(code, "lib/b.jar", jar("shop/Notes.class", type("shop/Notes").bytes()));
        CodeFacts facts = BuiltCode.at(code, Check.of(stack)).facts();

        assertThat(facts.newest()).hasSize(2);
        assertThat(facts.libraries()).hasSize(1);
        assertThat(facts.namedDuplicates()).hasSize(1);
        assertThat(CodeFacts.ofLines(facts.toLines())).isEqualTo(facts);
        assertThat(facts.toLines()).noneMatch(String::isEmpty).noneMatch(line -> line.contains("\n"));
    }

    private static byte[] broken(byte[] good, Random random) {
        byte[] bytes = random.nextBoolean() ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
        for (int i = 0; i < 3 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static void assertNothingButMessages(ThrowingCallable call) {
        try {
            call.call();
        } catch (Throwable e) {
            assertThat(e)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessageMatching("(?s)\\[Shop\\] (code|handler) must .*");
        }
    }

    private void check(String handler, String runtime, @Nullable Machine machine) {
        FunctionCode.directory(code.toString())
                .codeFor(stack, new CodeTarget(handler, runtime, machine, List.of(), false));
    }

    private long sizeOf(Path directory) throws IOException {
        try (CodeFiles files = CodeFiles.open(directory)) {
            return CodeSize.check(files.sizes(), directory, Check.of(stack));
        }
    }

    /** A file that takes no space, however long it is. */
    private void sparse(String name, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(code.resolve(name).toFile(), "rw")) {
            file.setLength(length);
        }
    }

    private static void assertFails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private void assertWarns(String text) {
        Annotations.fromStack(stack).hasWarning("/Shop", text);
    }

    private void assertNoWarnings() {
        assertThat(Annotations.fromStack(stack).findWarning("*", Match.anyValue()))
                .isEmpty();
    }

    private static final class Handler implements IStableStringProducer {
        @Override
        public String produce() {
            return "shop.Notes";
        }
    }
}
