package dev.ashlar.local.internal.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * AWS's Java runtime on this machine.
 *
 * @param classPath its jars
 * @param options how it finds its native library
 * @see <a href="https://github.com/aws/aws-lambda-java-libs/tree/main/aws-lambda-java-runtime-interface-client">The
 *     runtime interface client</a>
 */
record JavaRuntime(String classPath, List<String> options) {
    /** As on Lambda. By itself each process would write the library to the same file in {@code /tmp}. */
    private static final String LIBRARY =
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

    private static final List<Class<?>> CLASSES =
            List.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class);

    private static final List<String> X86 = List.of("amd64", "x86_64");
    private static final List<String> ARM = List.of("aarch64");

    /** Makes the runtime for this machine in an empty directory. */
    static JavaRuntime create(Path directory) {
        String processor = System.getProperty("os.arch");
        boolean hasLibrary =
                System.getProperty("os.name").equals("Linux") && (X86.contains(processor) || ARM.contains(processor));
        return hasLibrary ? withLibrary(directory) : portable(directory);
    }

    private static JavaRuntime withLibrary(Path directory) {
        String name = "libaws-lambda-jni.linux%s-%s.so"
                .formatted(
                        isMusl() ? "_musl" : "", ARM.contains(System.getProperty("os.arch")) ? "aarch_64" : "x86_64");
        Path library = directory.resolve(name);
        try (InputStream in = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
            Files.copy(Objects.requireNonNull(in), library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JavaRuntime(jars(), List.of(LIBRARY + library));
    }

    /** Makes the runtime for machines of which AWS has no native library. */
    static JavaRuntime portable(Path directory) {
        return new JavaRuntime(PortableClient.compile(directory, jars()) + File.pathSeparator + jars(), List.of());
    }

    private static boolean isMusl() {
        return List.of("x86_64", "aarch64").stream()
                .anyMatch(processor -> Files.exists(Path.of("/lib/ld-musl-" + processor + ".so.1")));
    }

    private static String jars() {
        return CLASSES.stream().map(JavaRuntime::jar).distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static String jar(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
