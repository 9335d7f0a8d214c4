package dev.ashlar.examples.quotes;

import dev.ashlar.runtime.WarmUp;

/** {@link QuotesHandler} for a function that is pinged: pings are answered here and never priced. */
public final class WarmQuotesHandler extends WarmUp {
    /** Creates the handler as Lambda does. */
    public WarmQuotesHandler() {
        super(new QuotesHandler());
    }
}
