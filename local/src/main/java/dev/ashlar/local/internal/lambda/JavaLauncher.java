package dev.ashlar.local.internal.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Java, by AWS's runtime interface client in this JVM's Java.
 */
final class JavaLauncher implements Launcher {
    /** The heap is this part of the function's memory: a function of 512 MB has {@code -XX:MaxHeapSize=445645k}. */
    private static final double HEAP = 0.85;

    private static final int FIRST_VERSION_OF_CLASSES = 44;
    private static final int NATIVE_ACCESS_IS_TOLD_FROM = 22;

    /** As on Lambda, {@code LambdaLogger} has a file descriptor of its own. Java cannot hand one on, a shell can. */
    private static final String LOG_DESCRIPTOR = "3";

    private static final boolean HAS_SHELL = File.separatorChar == '/';

    private final FunctionConfiguration function;
    private final JavaRuntime runtime;
    private final int version;

    /**
     * Creates the launcher.
     *
     * @param runtime AWS's runtime on this machine
     */
    JavaLauncher(FunctionConfiguration function, JavaRuntime runtime) {
        this.function = function;
        this.runtime = runtime;
        // java25, or java8.al2
        this.version =
                Integer.parseInt(function.runtime().substring("java".length()).split("\\.", 2)[0]);
    }

    /**
     * The options are those of Lambda's managed runtimes, as `ps` shows them there; file.encoding is what its locale makes
     * of them.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Which compiler Lambda uses</a>
     */
    @Override
    public List<String> command(Path temporary, Path output) {
        List<String> command = new ArrayList<>();
        if (HAS_SHELL) {
            command.addAll(List.of("/bin/sh", "-c", "exec \"$@\" " + LOG_DESCRIPTOR + ">>\"$0\"", output.toString()));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:MaxHeapSize=" + (long) Math.ceil(function.memorySize() * 1024 * HEAP) + "k");
        command.add("-XX:+UseSerialGC");
        // Lambda has all compilers for java25 with SnapStart, whose snapshot holds what they made: here there is none.
        command.add("-XX:TieredStopAtLevel=1");
        // Without the file in the machine's temporary directory that a killed JVM leaves behind.
        command.add("-XX:-UsePerfData");
        command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
        if (Runtime.version().feature() >= NATIVE_ACCESS_IS_TOLD_FROM) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        command.add("-Djava.net.preferIPv4Stack=true");
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dstderr.encoding=UTF-8");
        command.addAll(runtime.options());
        command.add("-classpath");
        command.add(runtime.classPath());
        command.add(AWSLambda.class.getName());
        command.add(function.handler());
        return command;
    }

    @Override
    public Map<String, String> environment(DeployedCode.Version code) {
        return HAS_SHELL ? Map.of("_LAMBDA_TELEMETRY_LOG_FD", LOG_DESCRIPTOR) : Map.of();
    }

    @Override
    public Optional<Invocation> refuses(DeployedCode.Version code) {
        String name = function.handler().split("::", 2)[0].replace('.', '/') + ".class";
        return versionOf(code.task(), name)
                .filter(compiled -> compiled > Runtime.version().feature())
                .map(compiled -> Failure.of(
                        UnsupportedClassVersionError.class.getName(),
                        "[%s] handler must be compiled for Java %d or older, got Java %d; start this with a JDK %d"
                                .formatted(function.path(), Runtime.version().feature(), compiled, compiled)));
    }

    @Override
    public Optional<String> advice(Path task, Invocation failure) {
        String error = failure.text();
        boolean isMissing = error.contains(NoClassDefFoundError.class.getName())
                || error.contains(ClassNotFoundException.class.getName());
        return isMissing && !Files.isDirectory(task.resolve("lib"))
                ? Optional.of(
                        "there is no lib in " + task + ", where Lambda finds the jars that the code needs;"
                                + " Maven's dependency:copy-dependencies -DincludeScope=runtime puts them into -DoutputDirectory")
                : Optional.empty();
    }

    @Override
    public Optional<String> difference() {
        int here = Runtime.version().feature();
        return here < version
                ? Optional.of("%s is run by Java %d here".formatted(function.runtime(), here))
                : Optional.empty();
    }

    /** {@return the Java version that a class of the deployed code was compiled for, if the class is there} */
    private static Optional<Integer> versionOf(Path task, String name) {
        try {
            Path file = task.resolve(name);
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    return Optional.of(versionOf(in));
                }
            }
            for (Path jar : jars(task.resolve("lib"))) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    ZipEntry entry = zip.getEntry(name);
                    if (entry != null) {
                        return Optional.of(versionOf(zip.getInputStream(entry)));
                    }
                }
            }
        } catch (IOException e) {
            // The JVM says better what is wrong with it.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static int versionOf(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        data.readInt();
        data.readUnsignedShort();
        return data.readUnsignedShort() - FIRST_VERSION_OF_CLASSES;
    }

    private static List<Path> jars(Path lib) throws IOException {
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
