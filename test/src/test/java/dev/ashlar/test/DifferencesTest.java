package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void saysNothingAboutWhatIsTheSame() throws JsonProcessingException {
        assertEquals(List.of(), between("{'a': [1, {'b': null}], 'c': 'd'}", "{'c': 'd', 'a': [1, {'b': null}]}"));
    }

    @Test
    void namesThePathOfWhatChanged() throws JsonProcessingException {
        assertEquals(
                List.of("~ Resources.Table.Properties.BillingMode: \"PROVISIONED\" -> \"PAY_PER_REQUEST\""),
                between(
                        "{'Resources': {'Table': {'Properties': {'BillingMode': 'PROVISIONED'}}}}",
                        "{'Resources': {'Table': {'Properties': {'BillingMode': 'PAY_PER_REQUEST'}}}}"));
    }

    @Test
    void tellsAddedFromRemoved() throws JsonProcessingException {
        assertEquals(
                List.of("- a: {\"x\":1}", "+ b: {\"x\":1}", "~ c: null -> {}"),
                between("{'a': {'x': 1}, 'c': null}", "{'b': {'x': 1}, 'c': {}}"));
    }

    @Test
    void setsAsideWhatSurroundsAnItem() throws JsonProcessingException {
        assertEquals(List.of("+ a[1]: \"x\""), between("{'a': ['1', '2']}", "{'a': ['1', 'x', '2']}"));
        assertEquals(List.of("- a[0]: \"1\""), between("{'a': ['1', '2', '2']}", "{'a': ['2', '2']}"));
        assertEquals(
                List.of("~ a[1].b: 1 -> 2", "- a[2]: 4"),
                between("{'a': [0, {'b': 1}, 4, 5]}", "{'a': [0, {'b': 2}, 5]}"));
        assertEquals(List.of("+ a[0]: 1", "+ a[1]: 1"), between("{'a': []}", "{'a': [1, 1]}"));
        assertEquals(List.of("+ a[1]: 1"), between("{'a': [1]}", "{'a': [1, 1]}"));
        assertEquals(List.of("~ a[0]: 1 -> 2"), between("{'a': [1, 1]}", "{'a': [2, 1]}"));
    }

    @Test
    void shortensLongValues() throws JsonProcessingException {
        assertEquals(
                List.of("~ a: \"" + "x".repeat(158) + "\" -> \"" + "y".repeat(159) + "..."),
                between("{'a': '" + "x".repeat(158) + "'}", "{'a': '" + "y".repeat(159) + "'}"));
    }

    @Test
    void countsWhatIsBeyondTheFirstThirty() {
        List<String> thirty = Collections.nCopies(30, "line");

        assertEquals(thirty, Differences.capped(thirty));
        List<String> capped = Differences.capped(Collections.nCopies(32, "line"));
        assertEquals(thirty, capped.subList(0, 30));
        assertEquals(List.of("and 2 more"), capped.subList(30, capped.size()));
    }

    private static List<String> between(String before, String after) throws JsonProcessingException {
        return Differences.between(Json.parse(before.replace('\'', '"')), Json.parse(after.replace('\'', '"'))).stream()
                .map(Difference::text)
                .toList();
    }
}
