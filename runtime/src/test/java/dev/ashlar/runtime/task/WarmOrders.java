package dev.ashlar.runtime.task;

import dev.ashlar.runtime.WarmUp;

public final class WarmOrders extends WarmUp {
    public WarmOrders() {
        super(new Orders());
    }
}
