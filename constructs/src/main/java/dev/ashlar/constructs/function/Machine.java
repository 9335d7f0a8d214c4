package dev.ashlar.constructs.function;

import java.util.Arrays;
import java.util.Optional;

/** What Lambda runs on: its name there, the number that ELF files have for it, and the constant of CDK. */
enum Machine {
    X86_64("x86_64", 62, "Architecture.X86_64"),
    ARM_64("arm64", 183, "Architecture.ARM_64");

    private final String lambdaName;
    private final int elf;
    private final String constant;

    Machine(String lambdaName, int elf, String constant) {
        this.lambdaName = lambdaName;
        this.elf = elf;
        this.constant = constant;
    }

    static Optional<Machine> of(int elf) {
        return Arrays.stream(values()).filter(each -> each.elf == elf).findFirst();
    }

    static Optional<Machine> of(String lambdaName) {
        return Arrays.stream(values())
                .filter(each -> each.lambdaName.equals(lambdaName))
                .findFirst();
    }

    Machine other() {
        return this == ARM_64 ? X86_64 : ARM_64;
    }

    String constant() {
        return constant;
    }

    @Override
    public String toString() {
        return lambdaName;
    }
}
