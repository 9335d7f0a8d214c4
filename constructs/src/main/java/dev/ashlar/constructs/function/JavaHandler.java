package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Checks that Lambda can call a Java handler, by the rules of its own loader: {@code shop.Notes} is created and has one
 * of the two handler interfaces, {@code shop.Notes::add} is a public method whose parameters Lambda can fill. Of
 * overloads Lambda takes one that it can fill, so one is enough.
 *
 * @see <a
 *     href="https://github.com/aws/aws-lambda-java-libs/tree/main/aws-lambda-java-runtime-interface-client">EventHandlerLoader
 *     in the AWS Lambda Java Runtime Interface Client</a>
 */
final class JavaHandler {
    private static final String RUNTIME = "com/amazonaws/services/lambda/runtime/";
    private static final String REQUEST_HANDLER = RUNTIME + "RequestHandler";
    private static final String STREAM_HANDLER = RUNTIME + "RequestStreamHandler";
    private static final Set<String> HANDLERS = Set.of(REQUEST_HANDLER, STREAM_HANDLER);
    private static final String CONTEXT = (RUNTIME + "Context").replace('/', '.');
    private static final String INPUT = "java.io.InputStream";
    private static final String OUTPUT = "java.io.OutputStream";

    private final String handler;
    private final String className;
    private final @Nullable String methodName;
    private final ClassPath classPath;
    private final Path code;
    private final Check check;

    private JavaHandler(String handler, ClassPath classPath, Path code, Check check) {
        int colons = handler.lastIndexOf("::");
        this.handler = handler;
        this.className = colons < 0 ? handler : handler.substring(0, colons);
        this.methodName = colons < 0 ? null : handler.substring(colons + 2);
        this.classPath = classPath;
        this.code = code;
        this.check = check;
    }

    /** Tells what is wrong where only layers could put it right, and throws where nothing can. */
    static Optional<String> check(CodeTarget target, CodeFiles files, Path code, Check check) throws IOException {
        try (ClassPath classPath = new ClassPath(files)) {
            return new JavaHandler(target.handler(), classPath, code, check).check(target.hasLayers());
        }
    }

    private Optional<String> check(boolean hasLayers) throws IOException {
        ClassHierarchy hierarchy = find();
        if (hierarchy == null) {
            String text = notFound();
            if (hasLayers) {
                return Optional.of(text);
            }
            throw check.failure(text);
        }
        if (methodName == null) {
            checkInterface(hierarchy);
            checkCreatable(hierarchy.type());
        } else {
            checkMethod(hierarchy, methodName);
        }
        return Optional.empty();
    }

    private @Nullable ClassHierarchy find() {
        try {
            // Lambda would look for a name with slashes as it stands.
            ClassFile type = className.contains("/") ? null : classPath.find(className.replace('.', '/'));
            return type == null ? null : ClassHierarchy.of(type, classPath, HANDLERS);
        } catch (IOException e) {
            throw check.failure("handler must be a class that can be read, got %s, but %s in %s; build it again"
                    .formatted(handler, e.getMessage(), code));
        }
    }

    private String notFound() throws IOException {
        String elsewhere = classPath.elsewhere(className.replace('.', '/'));
        if (elsewhere != null) {
            return "handler must be a class at the root of the code or in a jar under lib/, got %s, which lies in %s in %s;"
                            .formatted(handler, elsewhere, code)
                    + " Lambda does not look there, move the class to the root or its jar to lib/";
        }
        Optional<String> near = Nearest.to(className, classPath.classesAtRoot());
        if (near.isEmpty()) {
            near = Nearest.to(className, classPath.classesInJars());
        }
        String method = methodName == null ? "" : "::" + methodName;
        return "handler must be a class in the code, got %s, which is neither at the root of %s nor in a jar under lib/; %s"
                .formatted(
                        handler,
                        code,
                        near.map(each -> "did you mean " + each + method + "?")
                                .orElse("name a class with its package, and no class there has a similar name"));
    }

    private void checkInterface(ClassHierarchy hierarchy) {
        ClassFile type = hierarchy.type();
        if (hierarchy.names().contains(STREAM_HANDLER) || !hierarchy.isWhole()) {
            return;
        }
        if (!hierarchy.names().contains(REQUEST_HANDLER)) {
            throw check.failure(
                    "handler must be a class that implements RequestHandler or RequestStreamHandler, got %s,"
                                    .formatted(handler)
                            + " which does not (%s in %s); ".formatted(type.place(), code)
                            + callable(hierarchy)
                                    .map(method -> "did you mean " + className + "::" + method.name() + "?")
                                    .orElse("let it implement one, or name a method as in " + className + "::handle"));
        }
        check.that(
                hierarchy.types().stream()
                        .anyMatch(each -> each.interfaces().contains(REQUEST_HANDLER) && each.isGeneric()),
                "handler must be a class that says the types of its RequestHandler, got %s, which does not (%s in %s); write"
                                .formatted(handler, type.place(), code)
                        + " RequestHandler<Input, Output>");
    }

    /** A method that looks as if it were there for Lambda. */
    private static Optional<ClassFile.Method> callable(ClassHierarchy hierarchy) {
        return hierarchy
                .methods()
                .filter(method ->
                        method.is(Opcodes.ACC_PUBLIC) && !method.name().startsWith("<"))
                .filter(method -> isCallable(method.parameters()))
                .filter(method -> method.name().startsWith("handle")
                        || method.parameters().contains(CONTEXT)
                        || method.parameters().contains(OUTPUT))
                .findFirst();
    }

    private void checkMethod(ClassHierarchy hierarchy, String name) {
        ClassFile type = hierarchy.type();
        List<ClassFile.Method> named =
                hierarchy.methods().filter(method -> method.name().equals(name)).toList();
        List<ClassFile.Method> visible =
                named.stream().filter(method -> method.is(Opcodes.ACC_PUBLIC)).toList();
        List<ClassFile.Method> callable = visible.stream()
                .filter(method -> isCallable(method.parameters()))
                .toList();
        if (callable.isEmpty()) {
            // What is not in the code may have the method.
            if (hierarchy.isWhole()) {
                throw named.isEmpty() ? noSuchMethod(hierarchy, name) : notCallable(type, visible);
            }
        } else if (callable.stream().anyMatch(method -> method.is(Opcodes.ACC_STATIC))) {
            checkPublic(type);
        } else {
            checkCreatable(type);
        }
    }

    private IllegalArgumentException noSuchMethod(ClassHierarchy hierarchy, String name) {
        Set<String> names = hierarchy
                .methods()
                .filter(method ->
                        method.is(Opcodes.ACC_PUBLIC) && !method.name().startsWith("<"))
                .map(ClassFile.Method::name)
                .collect(Collectors.toCollection(TreeSet::new));
        String wayOut = Nearest.to(name, names)
                .map(near -> "did you mean " + className + "::" + near + "?")
                .orElse(names.isEmpty() ? "add it" : "its public methods are " + String.join(", ", names));
        return check.failure("handler must name a method of its class, got %s, which is not in %s in %s; %s"
                .formatted(handler, hierarchy.type().place(), code, wayOut));
    }

    private IllegalArgumentException notCallable(ClassFile type, List<ClassFile.Method> visible) {
        if (visible.isEmpty()) {
            return check.failure(
                    "handler must name a public method, got %s, which is not public (%s in %s); make it public"
                            .formatted(handler, type.place(), code));
        }
        String signatures =
                visible.stream().map(ClassFile.Method::signature).distinct().collect(Collectors.joining(" and "));
        return check.failure(
                "handler must name a method that Lambda can call, got %s, whose parameters are %s (%s in %s);"
                                .formatted(handler, signatures, type.place(), code)
                        + " Lambda fills (input), (input, Context), (Context), (InputStream, OutputStream) and"
                        + " (InputStream, OutputStream, Context)");
    }

    private void checkPublic(ClassFile type) {
        check.that(
                type.is(Opcodes.ACC_PUBLIC),
                "handler must be a public class, got %s, which is not public (%s in %s); make it public"
                        .formatted(handler, type.place(), code));
    }

    private void checkCreatable(ClassFile type) {
        if (type.is(Opcodes.ACC_ABSTRACT)) {
            boolean isInterface = type.is(Opcodes.ACC_INTERFACE);
            throw check.failure(
                    "handler must be a class that Lambda can create, got %s, which is %s (%s in %s); name a class"
                                    .formatted(handler, isInterface ? "an interface" : "abstract", type.place(), code)
                            + (isInterface ? " that implements it" : " that extends it"));
        }
        checkPublic(type);
        boolean hasConstructor = type.methods().stream()
                .anyMatch(method -> method.is(Opcodes.ACC_PUBLIC)
                        && method.name().equals("<init>")
                        && method.parameters().isEmpty());
        check.that(
                hasConstructor,
                "handler must be a class that Lambda can create, got %s, which has no public constructor without parameters"
                                .formatted(handler)
                        + " (%s in %s); add one".formatted(type.place(), code)
                        + (className.contains("$") ? ", and make it static if it is an inner class" : ""));
    }

    /** Whether Lambda has something for each parameter. */
    private static boolean isCallable(List<String> types) {
        return switch (types.size()) {
            case 0, 1 -> true;
            case 2 ->
                types.get(1).equals(CONTEXT) ? !types.get(0).equals(CONTEXT) : types.equals(List.of(INPUT, OUTPUT));
            case 3 -> types.equals(List.of(INPUT, OUTPUT, CONTEXT));
            default -> false;
        };
    }
}
