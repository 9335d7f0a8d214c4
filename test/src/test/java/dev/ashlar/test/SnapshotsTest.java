package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class SnapshotsTest {
    private static final String FILE = "src/test/resources/snapshots/dev.ashlar.test.SnapshotsTest/Shop.json";
    private static final String COMMAND = "mvn test -Dtest=SnapshotsTest -Dsnapshot.update=true";

    @TempDir
    private Path module;

    @Test
    void failsWithoutASnapshot() {
        assertEquals(
                "[Shop] snapshot " + FILE + " must exist, got none\nWrite it: " + COMMAND,
                failure(() -> compare("Shop", document("PROVISIONED"))).getMessage());
        assertThat(module).isEmptyDirectory();
    }

    @Test
    void writesWhenTold() throws IOException {
        update("Shop", document("PROVISIONED"));

        assertEquals("""
                {
                  "Empty": [],
                  "Table": {
                    "BillingMode": "PROVISIONED",
                    "Names": [
                      "가",
                      "b"
                    ]
                  }
                }
                """, Files.readString(module.resolve(FILE)));
        compare("Shop", document("PROVISIONED"));
    }

    @Test
    void namesWhatIsDifferentAndHowToAcceptIt() {
        update("Shop", document("PROVISIONED"));

        AssertionFailedError failure = failure(() -> compare("Shop", document("PAY_PER_REQUEST")));

        assertEquals(
                "[Shop] snapshot " + FILE + " must match, got 1 difference:\n"
                        + "  ~ Table.BillingMode: \"PROVISIONED\" -> \"PAY_PER_REQUEST\"\n"
                        + "If this is meant, accept it: " + COMMAND,
                failure.getMessage());
        assertEquals(Json.pretty(document("PROVISIONED")), failure.getExpected().getStringRepresentation());
        assertEquals(
                Json.pretty(document("PAY_PER_REQUEST")), failure.getActual().getStringRepresentation());
    }

    @Test
    void tellsOnceWhatItWritesOver() throws IOException {
        accepted("Shop", "PROVISIONED");

        String printed = Printed.by(() -> update("Shop", document("PAY_PER_REQUEST")));
        String again = Printed.by(() -> update("Shop", document("PAY_PER_REQUEST")));

        assertEquals(
                "[Shop] snapshot " + FILE + " is written, with 1 difference:\n"
                        + "  ~ Table.BillingMode: \"PROVISIONED\" -> \"PAY_PER_REQUEST\"" + System.lineSeparator(),
                printed);
        assertEquals("", again);
    }

    @Test
    void tellsNothingOfWhatIsNewOrTheSame() throws IOException {
        accepted("Same", "PROVISIONED");

        assertEquals("", Printed.by(() -> update("Shop", document("PROVISIONED"))));
        assertEquals("", Printed.by(() -> update("Same", document("PROVISIONED"))));
    }

    @Test
    void whatATestComparesIsInUse() throws IOException {
        accepted("Shop", "PROVISIONED");
        accepted("Old", "PROVISIONED");

        compare("Shop", document("PROVISIONED"));

        assertEquals(List.of(FILE.replace("Shop.json", "Old.json")), SnapshotUsage.unused(module, SnapshotsTest.class));
    }

    @Test
    void doesNotMindHowTheFileIsLaidOut() throws IOException {
        update("Shop", document("PROVISIONED"));
        Path file = module.resolve(FILE);

        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        compare("Shop", document("PROVISIONED"));
    }

    @Test
    void writesNothingInContinuousIntegration() {
        Snapshots snapshots = new Snapshots(module, true, true);

        AssertionFailedError failure = failure(() -> matches(snapshots, "Shop", document("PROVISIONED")));

        assertEquals(
                "[Shop] snapshot " + FILE + " must not be written where CI is set: nobody would review it; write it on"
                        + " your own machine and commit it",
                failure.getMessage());
        assertThat(module).isEmptyDirectory();
    }

    @Test
    void refusesTwoStacksOfOneName() {
        update("Shop", document("PROVISIONED"));
        update("Shop", document("PROVISIONED"));

        AssertionFailedError failure = failure(() -> update("Shop", document("PAY_PER_REQUEST")));

        assertEquals(
                "[Shop] snapshot " + FILE + " must belong to one stack, got a second one that is different; give each"
                        + " its own with matchesSnapshot(name)",
                failure.getMessage());
        compare("Shop", document("PROVISIONED"));
    }

    @Test
    void givesAStackInAStageAFolder() {
        update("Prod/Shop", document("PROVISIONED"));

        assertThat(module.resolve("src/test/resources/snapshots/dev.ashlar.test.SnapshotsTest/Prod/Shop.json"))
                .exists();
    }

    @Test
    void rejectsNamesThatLeaveTheFolder() {
        for (String name : new String[] {"", "../Shop", "a//b", "a/", "/a", "a b", "a/.b", "C:\\a"}) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> update(name, document("PROVISIONED")), name);
            assertEquals(
                    "[Shop] snapshot name must be made of letters, digits and . _ - /, got \"" + name + "\"",
                    error.getMessage());
        }
    }

    @Test
    void failsWhenTheFileIsNotJson() throws IOException {
        update("Shop", document("PROVISIONED"));
        Files.writeString(module.resolve(FILE), "<<<<<<< HEAD");

        assertThat(failure(() -> compare("Shop", document("PROVISIONED"))).getMessage())
                .startsWith("[Shop] snapshot " + FILE + " must be JSON, got Unexpected character ('<'")
                .endsWith("\nWrite it again: " + COMMAND);
    }

    private void accepted(String name, String billingMode) throws IOException {
        Path file = module.resolve(FILE).resolveSibling(name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, Json.pretty(document(billingMode)));
    }

    private void compare(String name, JsonNode document) {
        matches(new Snapshots(module, false, true), name, document);
    }

    private void update(String name, JsonNode document) {
        matches(new Snapshots(module, true, false), name, document);
    }

    private static void matches(Snapshots snapshots, String name, JsonNode document) {
        SynthesizedStack shop = SynthesizedStack.gone("Shop", document);
        snapshots
                .of(new Subject("Shop", List.of(shop), false, List.of(), name), SnapshotsTest.class)
                .matches();
    }

    private static AssertionFailedError failure(Executable executable) {
        return assertThrows(AssertionFailedError.class, executable);
    }

    private static JsonNode document(String billingMode) {
        try {
            return Json.parse("{\"Empty\": [], \"Table\": {\"BillingMode\": \"" + billingMode
                    + "\", \"Names\": [\"가\", \"b\"]}}");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
