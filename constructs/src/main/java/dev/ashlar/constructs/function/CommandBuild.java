package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.CommandOutput;
import java.util.List;

/** What a command builds, as the code of a function. */
record CommandBuild(CommandOutput output, boolean runsAlways) implements CodeBuild {
    CommandBuild(String command, String directory, String output, boolean runsAlways) {
        this(new CommandOutput("code", command, directory, output, List.of()), runsAlways);
    }

    @Override
    public CodeBuild always() {
        return new CommandBuild(output, true);
    }

    @Override
    public CodeBuild inputs(List<String> paths) {
        return new CommandBuild(
                new CommandOutput(output.prop(), output.command(), output.directory(), output.output(), paths),
                runsAlways);
    }

    @Override
    public BuiltCode build(Check check) {
        CommandOutput.Built built =
                output.build(runsAlways, path -> BuiltCode.at(path, check).toLines(), check);
        return BuiltCode.ofLines(built.path(), built.facts());
    }
}
