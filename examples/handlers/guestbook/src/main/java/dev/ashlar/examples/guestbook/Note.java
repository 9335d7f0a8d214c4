package dev.ashlar.examples.guestbook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a visitor wrote; also its form in JSON. */
record Note(NoteId id, String author, String text) {

    @JsonProperty
    String createdAt() {
        return id.instant().toString();
    }
}
