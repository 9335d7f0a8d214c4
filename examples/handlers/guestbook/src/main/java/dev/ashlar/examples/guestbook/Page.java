package dev.ashlar.examples.guestbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some notes, newest first; also their form in JSON.
 *
 * @param next what to ask the following page with; absent on the last page
 */
record Page(
        List<Note> notes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {}
