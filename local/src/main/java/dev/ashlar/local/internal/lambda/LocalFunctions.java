package dev.ashlar.local.internal.lambda;

import dev.ashlar.local.internal.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The functions of templates, each in processes of its own. Versions and aliases are the function: there is one state of its
 * code here.
 */
public final class LocalFunctions implements Functions, AutoCloseable {
    private static final long MILLIS_BETWEEN_LOOKS_AT_IDLE = 5_000;

    /** What a function of the templates is here: one that runs, or why it does not. */
    private record Entry(
            FunctionDefinition definition, @Nullable LocalFunction function, String problem) {}

    private final Host host;
    private final Consumer<LogLine> log;
    private final Map<String, Entry> functions = new LinkedHashMap<>();

    /**
     * Reads the functions of templates and of those nested in them. No process is started before a function is invoked.
     *
     * @param templates the templates
     * @param variables what a function of an ARN has besides its own variables, asked for whenever a process starts: where
     *     services answer, and credentials, else it gets some that nobody knows
     * @param log what is told each line of the functions' logs
     */
    public LocalFunctions(
            Collection<Template> templates, Function<String, Map<String, String>> variables, Consumer<LogLine> log) {
        this(log);
        templates.stream()
                .flatMap(template -> Stream.concat(Stream.of(template), template.getNested()))
                .flatMap(template -> FunctionDefinition.in(template, host::newDirectory))
                .forEach(definition -> functions.put(definition.arn(), entry(definition, variables)));
        endIdleOnes();
    }

    /**
     * Takes one function that stands in no template.
     *
     * @param function the function
     * @param variables what it has besides its own variables
     * @param log what is told each line of its log
     */
    public LocalFunctions(FunctionConfiguration function, Map<String, String> variables, Consumer<LogLine> log) {
        this(log);
        functions.put(function.arn(), entry(FunctionDefinition.of(function), arn -> variables));
        endIdleOnes();
    }

    private LocalFunctions(Consumer<LogLine> log) {
        this.log = log;
        this.host = new Host(log);
    }

    private void endIdleOnes() {
        List<LocalFunction> all = running().toList();
        host.every(MILLIS_BETWEEN_LOOKS_AT_IDLE, () -> all.forEach(function -> function.endIdle(LocalFunction.KEPT)));
    }

    private Stream<LocalFunction> running() {
        return functions.values().stream().flatMap(entry -> Stream.ofNullable(entry.function()));
    }

    private Entry entry(FunctionDefinition definition, Function<String, Map<String, String>> variables) {
        if (definition.configuration().isEmpty()) {
            return new Entry(definition, null, definition.problem());
        }
        FunctionConfiguration configuration = definition.configuration().get();
        Optional<Launcher> launcher = launcher(configuration, host);
        return launcher.map(found -> new Entry(
                        definition,
                        new LocalFunction(
                                configuration,
                                LocalFunction.INIT,
                                found,
                                () -> variables.apply(configuration.arn()),
                                host),
                        ""))
                .orElseGet(() -> new Entry(
                        definition,
                        null,
                        configuration.runtime().startsWith("nodejs")
                                ? "there is no node in PATH"
                                : "its runtime is " + configuration.runtime() + ", and only Java and Node.js run"));
    }

    static Optional<Launcher> launcher(FunctionConfiguration function, Host host) {
        if (function.runtime().startsWith("java")) {
            return Optional.of(new JavaLauncher(function, host.javaRuntime()));
        }
        return function.runtime().startsWith("nodejs")
                ? NodeLauncher.find(function, host.nodeClient())
                : Optional.empty();
    }

    @Override
    public Invocation invoke(String arn, byte[] payload) {
        return execute(arn, payload).invocation();
    }

    /**
     * Invokes a function, and keeps what it logs.
     *
     * @param arn the ARN of the function, of a version or of an alias
     * @param payload the event, as JSON
     * @throws IllegalArgumentException if there is no such function
     */
    public Execution execute(String arn, byte[] payload) {
        Entry entry = entry(arn);
        return entry.function() != null ? entry.function().invoke(arn, payload) : notRun(entry);
    }

    /**
     * Has a function initialised before it is invoked, as a deployment with SnapStart does.
     *
     * @param arn the ARN of the function, of a version or of an alias
     * @return how that failed; nothing if it did not
     * @throws IllegalArgumentException if there is no such function
     */
    public Optional<Execution> prepare(String arn) {
        Entry entry = entry(arn);
        return entry.function() != null ? entry.function().prepare() : Optional.of(notRun(entry));
    }

    private Entry entry(String arn) {
        Entry entry = functions.get(unqualified(arn));
        if (entry == null) {
            throw new IllegalArgumentException("No function has the ARN " + arn + "; there are "
                    + (functions.isEmpty() ? "none" : String.join(", ", functions.keySet())));
        }
        return entry;
    }

    private Execution notRun(Entry entry) {
        LogLine line =
                new LogLine(entry.definition().shortPath(), LogLine.Kind.PROBLEM, "", Optional.empty(), line(entry));
        log.accept(line);
        return new Execution(Failure.of("Local.NotRun", line(entry)), List.of(line));
    }

    /** {@return the functions that run here} */
    public List<FunctionConfiguration> getFunctions() {
        return running().map(LocalFunction::getConfiguration).toList();
    }

    /** {@return a line for each function that does not run here, but those that serve custom resources: nobody invokes them} */
    public List<String> getUnsupported() {
        List<String> lines = new ArrayList<>();
        for (Entry entry : functions.values()) {
            if (entry.function() == null && !entry.definition().servesCustomResources()) {
                lines.add(line(entry));
            }
        }
        return lines;
    }

    /** {@return a line for each function that another version of its runtime runs here} */
    public List<String> getDifferences() {
        return running()
                .flatMap(function ->
                        function
                                .difference()
                                .map(text -> "[%s] %s"
                                        .formatted(function.getConfiguration().path(), text))
                                .stream())
                .toList();
    }

    private static String line(Entry entry) {
        return "[%s] is not run here: %s; an invocation fails"
                .formatted(entry.definition().path(), entry.problem());
    }

    /** {@return an ARN without the version or alias at its end} */
    private static String unqualified(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > 7 ? String.join(":", List.of(parts).subList(0, 7)) : arn;
    }

    /** Ends all processes. */
    @Override
    public void close() {
        host.close();
    }
}
