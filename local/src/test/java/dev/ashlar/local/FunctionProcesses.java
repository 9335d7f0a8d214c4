package dev.ashlar.local;

import java.util.List;

/** The processes that this JVM has started for functions. */
public final class FunctionProcesses {
    private FunctionProcesses() {}

    /** {@return those that run; what CDK has started for other tests of this JVM is none of them} */
    public static List<ProcessHandle> running() {
        return ProcessHandle.current()
                .children()
                .filter(process -> !process.info().commandLine().orElse("").contains("jsii-runtime"))
                .toList();
    }
}
