package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that a Python handler's module is there: {@code pkg/notes.add} and {@code pkg.notes.add} are both {@code add} in
 * {@code pkg/notes.py}. A function that the file does not visibly define is a warning: Python can make one at any time.
 */
final class PythonHandler {
    private static final List<String> MODULE_FILES =
            List.of(".py", "/__init__.py", ".pyc", "/__init__.pyc", ".so", "/__init__.so");
    private static final Pattern COMPILED = Pattern.compile("\\.(cpython|abi3|pypy)[^/]*\\.so");
    private static final Pattern FUNCTION = Pattern.compile("^(?:async[ \\t]+)?def[ \\t]+(\\w+)", Pattern.MULTILINE);

    private PythonHandler() {}

    /** Tells what may be wrong, and throws what is. */
    static Optional<String> check(CodeTarget target, CodeFiles files, Path code, Check check) throws IOException {
        String handler = target.handler();
        int dot = handler.lastIndexOf('.');
        check.that(
                dot > 0 && dot < handler.length() - 1,
                "handler must be a module and a function, got \"" + handler + "\"; write it as in notes.handler");
        String module = handler.substring(0, dot).replace('.', '/');
        String function = handler.substring(dot + 1);
        Optional<String> file = files.sizes().keySet().stream()
                .filter(name -> name.startsWith(module) && isModuleFile(name.substring(module.length())))
                .findFirst();
        if (file.isEmpty()) {
            return notFound(target, module, function, files, code, check);
        }
        if (!file.get().endsWith(".py")) {
            return Optional.empty();
        }
        String source = new String(files.read(file.get()), UTF_8);
        if (defines(source, function)) {
            return Optional.empty();
        }
        List<String> functions = FUNCTION.matcher(source)
                .results()
                .map(result -> result.group(1))
                .toList();
        return Optional.of(
                "handler must name a function, got %s, but %s in %s does not seem to define %s; %s"
                        .formatted(
                                handler,
                                file.get(),
                                code,
                                function,
                                Nearest.to(function, functions)
                                        .map(near -> "did you mean " + handler.substring(0, dot + 1) + near + "?")
                                        .orElse(
                                                "correct the name, or acknowledge this if the function is made while Python runs")));
    }

    private static boolean isModuleFile(String ending) {
        return MODULE_FILES.contains(ending) || COMPILED.matcher(ending).matches();
    }

    private static Optional<String> notFound(
            CodeTarget target, String module, String function, CodeFiles files, Path code, Check check) {
        List<String> modules = files.sizes().keySet().stream()
                .filter(name -> name.endsWith(".py"))
                .map(name -> name.substring(0, name.length() - ".py".length()).replaceFirst("/__init__$", ""))
                .toList();
        String text = "handler must name a module of the code, got %s, but there is no %s.py in %s; %s"
                .formatted(
                        target.handler(),
                        module,
                        code,
                        Nearest.to(module, modules)
                                .map(near -> "did you mean "
                                        + (target.handler().contains("/") ? near : near.replace('/', '.')) + "."
                                        + function + "?")
                                .orElse("name a file by its path from there"));
        if (target.hasLayers()) {
            return Optional.of(text);
        }
        throw check.failure(text);
    }

    private static boolean defines(String source, String function) {
        String name = "\\b" + Pattern.quote(function) + "\\b";
        return Pattern.compile(
                        "^[ \\t]*(async[ \\t]+)?(def|class)[ \\t]+" + name
                                // handler = ..., handler: Handler = ..., first, handler = ...
                                + "|^[^#\\n=(]*" + name + "[^#\\n=(]*="
                                // from notes import handler, import notes as handler, from notes import (a, handler)
                                + "|\\bimport\\b[^#\\n(]*" + name
                                + "|\\bimport[ \\t]*\\([^)]*" + name
                                + "|\\bimport[ \\t]*\\*|\\bglobals\\(\\)|\\b__getattr__\\b",
                        Pattern.MULTILINE)
                .matcher(source)
                .find();
    }
}
