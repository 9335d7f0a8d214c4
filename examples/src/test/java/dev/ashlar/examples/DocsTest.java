package dev.ashlar.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ashlar.test.TestApp;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * Compiles and runs every Java block of the README and the pages in {@code docs}.
 *
 * <p>A block that declares a type is a compilation unit: stacks are created, test methods are run, and later blocks of its
 * page may use it. A snapshot must be missing at first; then it is written into a temporary folder and compared with; not where
 * CI is set, because nothing is written there. Any other block is a list of statements in the constructor of the
 * stack in {@code docs/Snippet.java.txt}, which also says what is imported and what the statements may use without
 * declaring it. Every app is synthesised.
 */
class DocsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```java\\b[^\\n]*\\n(.*?)^ *```");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:(?:public|final|abstract) )*(?:class|record|enum|interface) (\\w+)");
    private static final Pattern IMPORTS = Pattern.compile("(?m)^import .*;\\n");
    private static final String SNIPPET = "Snippet";
    private static final String PLACE_OF_SNIPPET = "        // snippet\n";

    @TestFactory
    Stream<DynamicContainer> everyBlockCompilesAndRuns(@TempDir Path directory) {
        return pages().stream().map(page -> {
            Path classes = directory.resolve(page.getFileName().toString());
            return dynamicContainer(
                    page.getFileName().toString(),
                    blocksOf(page).stream()
                            .map(block -> dynamicTest(block.toString(), () -> compileAndRun(block, classes))));
        });
    }

    @Test
    void thereAreBlocks() {
        assertThat(pages().stream().flatMap(page -> blocksOf(page).stream())).isNotEmpty();
    }

    private static void compileAndRun(Block block, Path classes) throws Exception {
        compile(block, Files.createDirectories(classes));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, DocsTest.class.getClassLoader())) {
            run(loader.loadClass(block.className()), block, classes);
        } catch (InvocationTargetException e) {
            throw new AssertionError(block + " fails: " + e.getCause(), e.getCause());
        }
    }

    private static void compile(Block block, Path classes) {
        JavaCompiler javac = requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none",
                "-Xlint:deprecation,removal,unchecked,rawtypes",
                "-Werror",
                "-classpath",
                System.getProperty("java.class.path") + File.pathSeparator + classes,
                "-d",
                classes.toString());
        boolean compiles = javac.getTask(null, null, problems, options, null, List.of(block.toSource()))
                .call();
        assertThat(compiles)
                .withFailMessage(() -> problems.getDiagnostics().stream()
                        .map(problem -> block.page().getFileName() + ":" + block.lineOf(problem) + ": "
                                + problem.getMessage(null))
                        .collect(Collectors.joining("\n")))
                .isTrue();
    }

    private static void run(Class<?> type, Block block, Path directory) throws ReflectiveOperationException {
        if (Stack.class.isAssignableFrom(type)) {
            createStack(type);
        } else if (block.code().contains("matchesSnapshot")) {
            runSnapshotTests(type, directory);
        } else {
            assertThat(failuresOf(type)).isEmpty();
        }
    }

    private static void runSnapshotTests(Class<?> type, Path module) {
        Map<String, String> properties = Map.of("basedir", module.toString(), "snapshot.update", "false");
        Map<String, String> before = new HashMap<>();
        properties.keySet().forEach(name -> before.put(name, System.getProperty(name, "")));
        properties.forEach(System::setProperty);
        try {
            assertThat(failuresOf(type))
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(failure).hasMessageContaining("must exist, got none"));
            if (System.getenv("CI") == null) {
                System.setProperty("snapshot.update", "true");
                assertThat(failuresOf(type)).isEmpty();
                System.setProperty("snapshot.update", "false");
                assertThat(failuresOf(type)).isEmpty();
            }
        } finally {
            before.forEach(System::setProperty);
        }
    }

    private static void createStack(Class<?> type) throws ReflectiveOperationException {
        App app = TestApp.create();
        if (type.getSimpleName().equals(SNIPPET)) {
            Constructor<?> constructor = type.getDeclaredConstructor(App.class);
            constructor.setAccessible(true);
            constructor.newInstance(app);
        } else {
            type.getConstructor(Construct.class, String.class).newInstance(app, "Shop");
        }
        app.synth();
    }

    /** Without listeners: that of the snapshots would report those of the documentation as unused. */
    private static List<Throwable> failuresOf(Class<?> type) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .addTestExecutionListeners(listener)
                        .build())
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(type))
                        .build());
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsSucceededCount() + summary.getTestsFailedCount())
                .isEqualTo(summary.getTestsFoundCount());
        return summary.getFailures().stream()
                .map(TestExecutionSummary.Failure::getException)
                .toList();
    }

    private static List<Path> pages() {
        Path root = root();
        try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
            return Stream.concat(Stream.of(root.resolve("README.md")), docs.sorted())
                    .filter(page -> page.toString().endsWith(".md") && Files.isRegularFile(page))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(directory.resolve("cdk.json"))) {
            directory = requireNonNull(directory.getParent(), "cdk.json");
        }
        return directory;
    }

    private static List<Block> blocksOf(Path page) {
        String text = read(page);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(page, lines(text.substring(0, matcher.start(1))), matcher.group(1)));
        }
        return blocks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String template() {
        try (InputStream in = requireNonNull(DocsTest.class.getResourceAsStream("/docs/Snippet.java.txt"))) {
            return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** One block of a page. */
    private record Block(Path page, int linesBefore, String code) {
        String className() {
            Matcher type = TYPE.matcher(code);
            return type.find() ? type.group(1) : SNIPPET;
        }

        private String prefix() {
            String template = template();
            if (!TYPE.matcher(code).find()) {
                return template.substring(0, template.indexOf(PLACE_OF_SNIPPET));
            }
            return IMPORTS.matcher(code).find()
                    ? ""
                    : IMPORTS.matcher(template).results().map(m -> m.group()).collect(Collectors.joining());
        }

        JavaFileObject toSource() {
            boolean isType = TYPE.matcher(code).find();
            String source = prefix() + code + (isType ? "" : "}}");
            return new SimpleJavaFileObject(
                    URI.create("string:///" + className() + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return source;
                }
            };
        }

        long lineOf(Diagnostic<?> problem) {
            return problem.getLineNumber() - lines(prefix()) + linesBefore;
        }

        @Override
        public String toString() {
            return page.getFileName() + ":" + (linesBefore + 1);
        }
    }
}
