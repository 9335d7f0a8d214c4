package dev.ashlar.runtime.task;

import dev.ashlar.runtime.WarmUp;

public final class WarmFailing extends WarmUp {
    public WarmFailing() {
        super(new Typed.Failing());
    }
}
