package dev.ashlar.constructs.function;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class file says of its class, without its code.
 *
 * @param place where it lies
 * @param name its name, with slashes
 * @param access its flags
 * @param superName its superclass, with slashes; none has {@code Object} alone
 * @param interfaces the interfaces that it names, with slashes
 * @param isGeneric whether it says types of its superclass or interfaces
 * @param methods its methods and constructors
 */
record ClassFile(
        String place,
        String name,
        int access,
        @Nullable String superName,
        List<String> interfaces,
        boolean isGeneric,
        List<Method> methods) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int VERSION_AT = 6;

    /** A method, or a constructor by the name of {@code <init>}, and the names of its parameters' types, with dots. */
    record Method(int access, String name, List<String> parameters) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }

        /** Its parameters as one would write them, types without packages. */
        String signature() {
            return parameters.stream()
                    .map(type -> type.substring(type.lastIndexOf('.') + 1))
                    .collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** Reads a class file; one that is broken is an {@link IOException}. */
    static ClassFile read(String place, byte[] bytes) throws IOException {
        Reading reading = new Reading();
        try {
            ClassReader reader = new ClassReader(asKnownVersion(bytes), 0, bytes.length);
            reader.accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (RuntimeException e) {
            // Whatever ASM stumbles over, at any offset of any table.
            throw new IOException(place + " is no whole class file", e);
        }
        return new ClassFile(
                place,
                reading.name,
                reading.access,
                reading.superName,
                reading.interfaces,
                reading.isGeneric,
                reading.methods);
    }

    /** ASM refuses versions that are newer than itself, though what is read here has had the same form since Java 1. */
    private static byte[] asKnownVersion(byte[] bytes) {
        if (ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            throw new IllegalArgumentException("no class file begins so");
        }
        byte[] known = bytes.clone();
        known[VERSION_AT] = 0;
        known[VERSION_AT + 1] = Opcodes.V17;
        return known;
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    /** Its superclass and its interfaces, by their names with slashes. */
    List<String> supertypes() {
        return Stream.concat(Stream.ofNullable(superName), interfaces.stream()).toList();
    }

    private static final class Reading extends ClassVisitor {
        private final List<Method> methods = new ArrayList<>();
        private String name = "";
        private int access;
        private @Nullable String superName;
        private List<String> interfaces = List.of();
        private boolean isGeneric;

        private Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            this.name = name;
            this.access = access;
            this.superName = superName;
            this.interfaces = interfaces == null ? List.of() : List.of(interfaces);
            this.isGeneric = signature != null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            List<String> parameters = Arrays.stream(Type.getArgumentTypes(descriptor))
                    .map(Type::getClassName)
                    .toList();
            methods.add(new Method(access, name, parameters));
            return null;
        }
    }
}
