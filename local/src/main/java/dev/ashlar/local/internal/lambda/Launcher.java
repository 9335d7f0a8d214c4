package dev.ashlar.local.internal.lambda;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a runtime's processes are started. */
interface Launcher {
    /**
     * {@return the command}
     *
     * @param temporary the process's own directory for temporary files
     * @param output where it prints to
     */
    List<String> command(Path temporary, Path output);

    /** {@return variables that this runtime alone has} */
    Map<String, String> environment(DeployedCode.Version code);

    /** {@return why this code cannot run here, if it is known before a process is started} */
    Optional<Invocation> refuses(DeployedCode.Version code);

    /** {@return what its user can do about a failure, if that is known} */
    Optional<String> advice(Path task, Invocation failure);

    /** {@return what differs from Lambda, if that is known} */
    Optional<String> difference();
}
