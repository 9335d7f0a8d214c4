package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.constructs.Construct;

/** Checks what was built: what is certain to fail in Lambda throws, what is probably not meant warns. */
final class CodeChecks {
    private static final int NAMED = 5;
    private static final int CLASS_VERSION_OF_JAVA_0 = 44;
    private static final int[] JAVA_RUNTIMES = {8, 11, 17, 21, 25};

    // linux-x86_64, aarch64, glibc2.17: what a file's name says of the machine, and not of what the library is.
    private static final Pattern PLATFORM =
            Pattern.compile("(?i)(?<![a-z])(linux|gnu|glibc|musl|x86|x64|amd|aarch|arm|i[3-6]86|ppc|s390x|riscv)"
                    + "[-_]?(\\d{2})?(le|v\\d\\w?)?(?![a-z])");

    private final Construct scope;
    private final BuiltCode code;
    private final Check check;

    private CodeChecks(Construct scope, BuiltCode code) {
        this.scope = scope;
        this.code = code;
        this.check = Check.of(scope);
    }

    /**
     * Checks code for the function that runs it; without one, only what holds wherever it runs.
     *
     * @param size how many bytes of the code are deployed, in bytes
     */
    static void check(Construct scope, BuiltCode code, long size, @Nullable CodeTarget target) {
        CodeChecks checks = new CodeChecks(scope, code);
        if (target != null) {
            CodeSize.check(size, code.path(), target.layers(), checks.check);
            target.java().ifPresent(java -> checks.checkClassVersions(target.runtime(), java));
            checks.checkLibraries(target.machine());
            checks.checkHandler(target);
        }
        checks.warnOfDuplicates();
    }

    private void checkClassVersions(String runtime, int java) {
        code.facts().newest().stream()
                .filter(each -> each.since() <= java)
                .max(Comparator.comparing(CodeFacts.ClassVersion::version))
                .filter(newest -> newest.version() > java + CLASS_VERSION_OF_JAVA_0)
                .ifPresent(newest -> {
                    int needed = newest.version() - CLASS_VERSION_OF_JAVA_0;
                    String upgrade = IntStream.of(JAVA_RUNTIMES)
                            .filter(each -> each >= needed)
                            .mapToObj(each -> ", or set runtime(Runtime.JAVA_" + each + ")")
                            .findFirst()
                            .orElse("");
                    boolean isInJar = newest.place().contains("!/");
                    String wayOut =
                            isInJar ? "take a version of the jar for Java " + java : "compile with --release " + java;
                    throw check.failure("code must be of Java %d or older to run on %s, got Java %d in %s in %s; %s%s"
                            .formatted(java, runtime, needed, newest.place(), code.path(), wayOut, upgrade));
                });
    }

    /** Of a library that is there for several machines, one must be for this one. */
    private void checkLibraries(@Nullable Machine machine) {
        if (machine == null) {
            return;
        }
        Map<String, List<CodeFacts.NativeLibrary>> byName = code.facts().libraries().stream()
                .collect(Collectors.groupingBy(
                        library -> nameWithoutPlatform(library.place()), TreeMap::new, Collectors.toList()));
        List<String> wrong = byName.values().stream()
                .filter(libraries -> libraries.stream().noneMatch(each -> each.machine() == machine))
                .flatMap(List::stream)
                .map(CodeFacts.NativeLibrary::place)
                .toList();
        boolean otherWouldDo = byName.values().stream()
                .allMatch(libraries -> libraries.stream().anyMatch(each -> each.machine() == machine.other()));
        check.that(
                wrong.isEmpty(),
                "code must have native libraries for %s, got %s in %s for %s alone; build for %s%s"
                        .formatted(
                                machine,
                                someOf(wrong),
                                code.path(),
                                machine.other(),
                                machine,
                                otherWouldDo
                                        ? ", or set architecture("
                                                + machine.other().constant() + ")"
                                        : ""));
    }

    private static String nameWithoutPlatform(String place) {
        String file = place.substring(place.lastIndexOf('/') + 1);
        return PLATFORM.matcher(file).replaceAll("").replaceAll("[-_.]+", "-");
    }

    private void checkHandler(CodeTarget target) {
        if (!target.hasKnownHandler()) {
            return;
        }
        Path path = code.path();
        try (CodeFiles files = CodeFiles.open(path)) {
            Optional<String> doubt = Optional.empty();
            if (target.java().isPresent()) {
                doubt = JavaHandler.check(target, files, path, check);
            } else if (target.isPython()) {
                doubt = PythonHandler.check(target, files, path, check);
            } else if (target.isNode()) {
                doubt = NodeHandler.check(target, files, path, check);
            }
            doubt.ifPresent(text -> warn("handlerNotFound", text));
            PingCheck.check(target, files).ifPresent(text -> warn("pingNotAnswered", text));
        } catch (IOException e) {
            throw check.failure(
                    "code must be readable, got " + path + ", which is not: " + e.getMessage() + "; build it again");
        }
    }

    private void warnOfDuplicates() {
        CodeFacts facts = code.facts();
        if (facts.duplicates() > 0) {
            List<String> named = facts.namedDuplicates().stream()
                    .map(each -> each.name() + " ("
                            + each.archives().stream()
                                    .map(archive -> archive.isEmpty() ? "the root" : archive)
                                    .collect(Collectors.joining(", "))
                            + ")")
                    .toList();
            int more = facts.duplicates() - named.size();
            String all = String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
            warn(
                    "duplicateClasses",
                    "code must have each class once, got different ones of the same name in %s: %s; Lambda takes the one at"
                                    .formatted(code.path(), all)
                            + " the root, else the one in the first jar by name, so exclude the dependency that is too many");
        }
    }

    private static String someOf(List<String> places) {
        String some = places.stream().limit(NAMED).collect(Collectors.joining(", "));
        return places.size() > NAMED ? some + " and " + (places.size() - NAMED) + " more" : some;
    }

    private void warn(String id, String text) {
        Annotations.of(scope).addWarningV2("ashlar:" + id, text);
    }
}
