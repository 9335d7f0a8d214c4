package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Code as a build would leave it: class files that ASM writes, jars, and the first bytes of native libraries. */
final class CodeFixture {
    static final int JAVA_17 = 61;
    static final String REQUEST_HANDLER = "com/amazonaws/services/lambda/runtime/RequestHandler";
    static final String STREAM_HANDLER = "com/amazonaws/services/lambda/runtime/RequestStreamHandler";
    static final String CONTEXT = "Lcom/amazonaws/services/lambda/runtime/Context;";
    static final String TYPES = "Ljava/lang/Object;L" + REQUEST_HANDLER + "<Ljava/lang/String;Ljava/lang/String;>;";

    private final ClassWriter writer = new ClassWriter(0);
    private final String name;
    private int version = JAVA_17;
    private int access = Opcodes.ACC_PUBLIC;
    private String superName = "java/lang/Object";
    private String[] interfaces = {};
    private @Nullable String signature;
    private final Map<String, Integer> methods = new LinkedHashMap<>(Map.of("<init>()V", Opcodes.ACC_PUBLIC));

    private CodeFixture(String name) {
        this.name = name;
    }

    /** A public class of Java 17 with a public constructor, by its name with slashes. */
    static CodeFixture type(String name) {
        return new CodeFixture(name);
    }

    /** A class that Lambda can call. */
    static CodeFixture handler(String name) {
        return type(name).implementing(REQUEST_HANDLER).signature(TYPES);
    }

    CodeFixture version(int version) {
        this.version = version;
        return this;
    }

    CodeFixture access(int access) {
        this.access = access;
        return this;
    }

    CodeFixture extending(String superName) {
        this.superName = superName;
        return this;
    }

    CodeFixture implementing(String... interfaces) {
        this.interfaces = interfaces;
        return this;
    }

    CodeFixture signature(String signature) {
        this.signature = signature;
        return this;
    }

    CodeFixture without(String method) {
        methods.remove(method);
        return this;
    }

    /** Adds a method: its flags, and its name with its descriptor. */
    CodeFixture method(int access, String nameAndDescriptor) {
        methods.put(nameAndDescriptor, access);
        return this;
    }

    CodeFixture method(String nameAndDescriptor) {
        return method(Opcodes.ACC_PUBLIC, nameAndDescriptor);
    }

    byte[] bytes() {
        writer.visit(version, access, name, signature, superName, interfaces);
        methods.forEach((method, flags) -> {
            int parameters = method.indexOf('(');
            // Bodies are not read, so that none is needed.
            writer.visitMethod(
                            flags | Opcodes.ACC_NATIVE,
                            method.substring(0, parameters),
                            method.substring(parameters),
                            null,
                            null)
                    .visitEnd();
        });
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Writes the class below a directory, where its name says. */
    void writeTo(Path directory) {
        write(directory, name + ".class", bytes());
    }

    static void write(Path directory, String file, byte[] bytes) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path directory, String file, String text) {
        write(directory, file, text.getBytes(UTF_8));
    }

    /** The beginning of a native library: 62 is x86-64, 183 is ARM64. */
    static byte[] elf(int machine) {
        byte[] header = new byte[20];
        header[0] = 0x7F;
        header[1] = 'E';
        header[2] = 'L';
        header[3] = 'F';
        header[4] = 2;
        header[5] = 1;
        header[18] = (byte) machine;
        return header;
    }

    static byte[] jar(String name, byte[] content) {
        return jar(Map.of(name, content));
    }

    static byte[] jar(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
