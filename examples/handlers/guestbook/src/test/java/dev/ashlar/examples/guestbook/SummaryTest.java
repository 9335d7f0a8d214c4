package dev.ashlar.examples.guestbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Period DAY = new Period("nightly", LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 20));

    @Test
    void ofNoNotesItSaysSo() {
        Summary summary = Summary.of(DAY, List.of());

        assertThat(Json.write(summary))
                .isEqualTo("{\"schedule\":\"nightly\",\"firstDay\":\"2026-11-20\",\"lastDay\":\"2026-11-20\","
                        + "\"timeZone\":\"Asia/Seoul\",\"notes\":0,\"authors\":0,\"newest\":[]}");
        assertThat(summary.toText()).isEqualTo("0 notes by 0 authors.\n");
    }

    @Test
    void tellsHowManyByHowManyAndWhen() {
        Summary summary = Summary.of(
                DAY,
                newestFirst(
                        note("2026-11-20T00:30:00Z", "Ada", "Good morning"),
                        note("2026-11-20T12:05:00Z", "Ada", "Good evening"),
                        note("2026-11-20T12:59:59.999Z", "\uc138\uc885", "\uc548\ub155")));

        assertThat(Json.write(summary))
                .isEqualTo("{\"schedule\":\"nightly\",\"firstDay\":\"2026-11-20\",\"lastDay\":\"2026-11-20\","
                        + "\"timeZone\":\"Asia/Seoul\",\"notes\":3,\"authors\":2,"
                        + "\"busiestHour\":{\"start\":\"2026-11-20T21:00+09:00\",\"notes\":2},\"newest\":["
                        + json("1795179599999", "\uc138\uc885", "\uc548\ub155", "2026-11-20T12:59:59.999Z") + ","
                        + json("1795176300000", "Ada", "Good evening", "2026-11-20T12:05:00Z") + ","
                        + json("1795134600000", "Ada", "Good morning", "2026-11-20T00:30:00Z") + "]}");
        assertThat(summary.toText()).isEqualTo("""
                        3 notes by 2 authors.
                        The busiest hour began at 2026-11-20T21:00+09:00: 2 notes.

                        \uc138\uc885 at 2026-11-20T21:59:59.999+09:00:
                        \uc548\ub155

                        Ada at 2026-11-20T21:05+09:00:
                        Good evening

                        Ada at 2026-11-20T09:30+09:00:
                        Good morning
                        """);
    }

    @Test
    void ofHoursThatAreAlikeTheFirstIsTold() {
        Summary summary = Summary.of(
                DAY,
                newestFirst(note("2026-11-20T01:00:00Z", "Ada", "one"), note("2026-11-20T02:00:00Z", "Ada", "two")));

        assertThat(summary.busiestHour()).isEqualTo(new Summary.Hour("2026-11-20T10:00+09:00", 1));
        assertThat(summary.toText()).startsWith("2 notes by 1 author.\n").contains(": 1 note.\n");
    }

    @Test
    void quotesTheNewestAlone() {
        List<Note> notes = new ArrayList<>(IntStream.range(0, Summary.NEWEST + 1)
                .mapToObj(second -> note("2026-11-20T01:00:0" + second + "Z", "Ada", "note " + second))
                .toList());
        Collections.reverse(notes);

        Summary summary = Summary.of(DAY, notes);

        assertThat(summary.notes()).isEqualTo(Summary.NEWEST + 1);
        assertThat(summary.newest()).isEqualTo(notes.subList(0, Summary.NEWEST));
        assertThat(summary.toText()).contains("note 1").doesNotContain("note 0");
    }

    @Test
    void theLongestTextIsNoTooLongMessage() {
        String longest = "\uD83D\uDE00";
        Note note = note(
                "2026-11-20T01:00:00.123Z",
                longest.repeat(Draft.MAX_AUTHOR_LENGTH),
                longest.repeat(Draft.MAX_TEXT_LENGTH));

        String text = Summary.of(DAY, Collections.nCopies(Summary.NEWEST, note)).toText();

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(41_000, 42_500);
    }

    private static List<Note> newestFirst(Note... oldestFirst) {
        List<Note> notes = new ArrayList<>(Arrays.asList(oldestFirst));
        Collections.reverse(notes);
        return notes;
    }

    private static Note note(String createdAt, String author, String text) {
        return new Note(new NoteId(Instant.parse(createdAt).toEpochMilli() + "-0000000000000000"), author, text);
    }

    private static String json(String millis, String author, String text, String createdAt) {
        return "{\"id\":\"%s-0000000000000000\",\"author\":\"%s\",\"text\":\"%s\",\"createdAt\":\"%s\"}"
                .formatted(millis, author, text, createdAt);
    }
}
