package dev.ashlar.runtime.task;

import dev.ashlar.runtime.WarmUp;

public final class WarmApi extends WarmUp {
    public WarmApi() {
        super(new Typed.Api());
    }
}
