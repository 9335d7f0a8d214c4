package dev.ashlar.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Reads what is printed for whoever runs the tests. */
final class Printed {
    private Printed() {}

    /** {@return what an action prints to the standard output} */
    static String by(Runnable action) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(UTF_8);
    }
}
