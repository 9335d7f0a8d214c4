package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that a Node.js handler's file is there: {@code web/index.handler} is what {@code web/index.js}, {@code .mjs} or
 * {@code .cjs} exports as {@code handler}. A name that the file does not visibly export is a warning: JavaScript can
 * export one at any time.
 */
final class NodeHandler {
    private static final List<String> ENDINGS = List.of("", ".js", ".mjs", ".cjs", "/index.js");
    private static final Pattern SCRIPT = Pattern.compile("(.+)\\.(js|mjs|cjs)");
    private static final Pattern EXPORT = Pattern.compile("\\bexports\\.([\\w$]+)\\s*="
            + "|\\bexport\\s+(?:async\\s+)?(?:const|let|var|class|function\\s*\\*?)\\s*([\\w$]+)");

    private NodeHandler() {}

    /** Tells what may be wrong, and throws what is. */
    static Optional<String> check(CodeTarget target, CodeFiles files, Path code, Check check) throws IOException {
        String handler = target.handler();
        int dot = handler.indexOf('.', handler.lastIndexOf('/') + 1);
        check.that(
                dot > 0 && dot < handler.length() - 1,
                "handler must be a file and an export, got \"" + handler + "\"; write it as in index.handler");
        String module = handler.substring(0, dot).replaceFirst("^\\./", "");
        String export = handler.substring(dot + 1);
        Optional<String> file = ENDINGS.stream()
                .map(ending -> module + ending)
                .filter(files::holds)
                .findFirst();
        if (file.isEmpty()) {
            return isPackage(module, files) ? Optional.empty() : notFound(target, module, export, files, code, check);
        }
        String source = new String(files.read(file.get()), UTF_8);
        // What is exported may be an object that holds the function.
        String name = export.replaceFirst("\\..*", "");
        if (exports(source, name)) {
            return Optional.empty();
        }
        List<String> names = EXPORT.matcher(source)
                .results()
                .map(result -> result.group(1) != null ? result.group(1) : result.group(2))
                .toList();
        return Optional.of(
                "handler must name what its file exports, got %s, but %s in %s does not seem to export %s; %s"
                        .formatted(
                                handler,
                                file.get(),
                                code,
                                name,
                                Nearest.to(name, names)
                                        .map(near -> "did you mean " + handler.substring(0, dot + 1) + near + "?")
                                        .orElse(
                                                "correct the name, or acknowledge this if it is exported while Node.js runs")));
    }

    /** Node.js itself looks into a directory that says what its main file is, and for a package of that name. */
    private static boolean isPackage(String module, CodeFiles files) {
        return files.holds(module + "/package.json")
                || files.sizes().keySet().stream().anyMatch(name -> name.startsWith("node_modules/" + module + "/"));
    }

    private static Optional<String> notFound(
            CodeTarget target, String module, String export, CodeFiles files, Path code, Check check) {
        List<String> scripts = files.sizes().keySet().stream()
                .filter(name -> !name.contains("node_modules/"))
                .flatMap(name -> Stream.of(SCRIPT.matcher(name)))
                .filter(script -> script.matches())
                .map(script -> script.group(1))
                .toList();
        String text = "handler must name a file of the code, got %s, but there is no %s.js, .mjs or .cjs in %s; %s"
                .formatted(
                        target.handler(),
                        module,
                        code,
                        Nearest.to(module, scripts)
                                .map(near -> "did you mean " + near + "." + export + "?")
                                .orElse("name a file by its path from there"));
        if (target.hasLayers()) {
            return Optional.of(text);
        }
        throw check.failure(text);
    }

    private static boolean exports(String source, String export) {
        String name = "(?<![\\w$])" + Pattern.quote(export) + "(?![\\w$])";
        return Pattern.compile("\\bexports\\s*\\.\\s*" + name
                        + "|\\bexports\\s*\\[\\s*['\"`]" + name
                        // module.exports = { handler }, and __export(x, { handler: () => handler }) of esbuild
                        + "|\\bexports\\s*=\\s*\\{[^}]*" + name
                        + "|\\b__export\\s*\\([^{]*\\{[^}]*" + name
                        + "|\\bexports\\s*,\\s*['\"`]" + name
                        + "|\\bexport\\s+(async\\s+)?(const|let|var|class|function)\\b[\\s*]*" + name
                        + "|\\bexport\\s+(const|let|var)\\s*[{\\[][^}\\]]*" + name
                        + "|\\bexport\\s*\\{[^}]*" + name
                        // exported under names that stand elsewhere
                        + "|\\bexport\\s*\\*|\\bexports\\s*=\\s*(?!\\{)")
                .matcher(source)
                .find();
    }
}
