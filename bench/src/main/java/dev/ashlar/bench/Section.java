package dev.ashlar.bench;

import java.util.List;

/**
 * What a row found.
 *
 * @param against what stands beside Ashlar, and what was checked before measuring
 * @param lines its lines of the table
 * @param notes what the figures do not tell
 */
record Section(String against, List<Line> lines, List<String> notes) {

    Section {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }
}
