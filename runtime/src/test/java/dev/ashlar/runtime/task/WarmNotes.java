package dev.ashlar.runtime.task;

import dev.ashlar.runtime.WarmUp;

public final class WarmNotes extends WarmUp {
    public WarmNotes() {
        super(new Notes());
    }
}
