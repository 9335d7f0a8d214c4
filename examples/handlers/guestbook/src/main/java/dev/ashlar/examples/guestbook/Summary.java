package dev.ashlar.examples.guestbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was written in a period; also its form in JSON, the same each time for the same notes.
 *
 * @param busiestHour the first of those with the most notes; absent without notes
 * @param newest at most {@value #NEWEST} notes, newest first
 */
record Summary(
        String schedule,
        String firstDay,
        String lastDay,
        String timeZone,
        int notes,
        int authors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Hour busiestHour,
        List<Note> newest) {

    static final int NEWEST = 5;

    /**
     * An hour, and how much was written in it.
     *
     * @param start its beginning, such as {@code 2026-11-20T21:00+09:00}
     */
    record Hour(String start, int notes) {}

    /** Reads notes once, newest first, and keeps of them what it tells. */
    static Summary of(Period period, Iterable<Note> notes) {
        int count = 0;
        Set<String> authors = new HashSet<>();
        Map<OffsetDateTime, Integer> hours = new TreeMap<>();
        List<Note> newest = new ArrayList<>();
        for (Note note : notes) {
            count++;
            authors.add(note.author());
            hours.merge(timeOf(note).truncatedTo(ChronoUnit.HOURS), 1, Integer::sum);
            if (newest.size() < NEWEST) {
                newest.add(note);
            }
        }
        return new Summary(
                period.schedule(),
                period.first().toString(),
                period.last().toString(),
                Period.ZONE.getId(),
                count,
                authors.size(),
                busiest(hours),
                newest);
    }

    /** Returns it for people. With the longest notes it has some 40 KB, of the 256 KB that SNS takes. */
    String toText() {
        StringBuilder text = new StringBuilder(counted(notes, "note"))
                .append(" by ")
                .append(counted(authors, "author"))
                .append(".\n");
        if (busiestHour != null) {
            text.append("The busiest hour began at ")
                    .append(busiestHour.start())
                    .append(": ")
                    .append(counted(busiestHour.notes(), "note"))
                    .append(".\n");
        }
        for (Note note : newest) {
            text.append("\n")
                    .append(note.author())
                    .append(" at ")
                    .append(timeOf(note))
                    .append(":\n")
                    .append(note.text())
                    .append("\n");
        }
        return text.toString();
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static @Nullable Hour busiest(Map<OffsetDateTime, Integer> hours) {
        if (hours.isEmpty()) {
            return null;
        }
        Map.Entry<OffsetDateTime, Integer> most = Collections.max(hours.entrySet(), Map.Entry.comparingByValue());
        return new Hour(most.getKey().toString(), most.getValue());
    }

    private static OffsetDateTime timeOf(Note note) {
        return note.id().instant().atZone(Period.ZONE).toOffsetDateTime();
    }
}
