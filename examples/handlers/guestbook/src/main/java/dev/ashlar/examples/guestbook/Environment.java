package dev.ashlar.examples.guestbook;

import java.util.Map;

/** What the function was told when it was deployed. */
record Environment(Map<String, String> variables) {

    static Environment ofThisProcess() {
        return new Environment(System.getenv());
    }

    /**
     * Returns what a variable says.
     *
     * @param what what it should say, for whoever forgot it
     * @throws IllegalStateException if it says nothing
     */
    String get(String variable, String what) {
        String value = variables.get(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    variable + " must be " + what + ", got " + value + "; set it in the function's environment");
        }
        return value;
    }
}
