package dev.ashlar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** On what the figures were taken. */
final class Machine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Machine() {}

    static Map<String, String> describe(Workshop workshop) throws IOException, InterruptedException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("date", LocalDate.now(Clock.systemUTC()).toString());
        machine.put("machine", processor() + ", " + memory());
        machine.put("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        machine.put("JDK", property("java.vm.vendor") + " " + property("java.runtime.version"));
        machine.put(
                "Node.js",
                Command.of(workshop.repository(), "node", "--version").output().strip());
        JsonNode pins =
                JSON.readTree(workshop.repository().resolve("package.json").toFile());
        machine.put("CDK CLI", pins.at("/devDependencies/aws-cdk").asText());
        machine.put("aws-cdk-lib, jsii", libraryVersion("aws-cdk-lib") + ", " + libraryVersion("jsii-runtime"));
        return machine;
    }

    private static String processor() throws IOException {
        Path known = Path.of("/proc/cpuinfo");
        String model = Files.exists(known)
                ? Files.readString(known)
                        .lines()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("processor of an unknown kind")
                : property("os.arch");
        return model + ", " + Runtime.getRuntime().availableProcessors() + " processors";
    }

    private static String memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB";
    }

    /** The version of a jar on the class path. */
    private static String libraryVersion(String artifact) {
        for (String entry : property("java.class.path").split(System.getProperty("path.separator"), -1)) {
            String file = Path.of(entry).getFileName().toString();
            if (file.matches(artifact + "-\\d.*\\.jar")) {
                return file.substring(artifact.length() + 1, file.length() - ".jar".length());
            }
        }
        throw new IllegalStateException(artifact + " must be on the class path, got none");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
