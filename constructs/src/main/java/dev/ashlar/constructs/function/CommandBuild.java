package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.CommandOutput;

/** What a command builds, as the code of a function. */
record CommandBuild(CommandOutput output, boolean runsAlways) implements CodeBuild {
    CommandBuild(String command, String directory, String output, boolean runsAlways) {
        this(new CommandOutput("code", command, directory, output), runsAlways);
    }

    @Override
    public CodeBuild always() {
        return new CommandBuild(output, true);
    }

    @Override
    public BuiltCode build(Check check) {
        CommandOutput.Built built =
                output.build(runsAlways, path -> BuiltCode.at(path, check).toLines(), check);
        return BuiltCode.ofLines(built.path(), built.facts());
    }
}
