package dev.ashlar.test;

/** What CloudFormation does to a resource whose template has changed, from the least to the most. */
enum Update {
    IN_PLACE("updated in place", ""),
    BY_ITS_OWN_CODE("updated as the code behind it decides", ""),
    UNKNOWN("updated; how, is not known for this type", ""),
    INTERRUPTION("updated with some interruption", " (some interruption)"),
    MAY_REPLACE("may be replaced", " (may replace)"),
    REPLACEMENT("replaced", " (replacement)"),
    REFUSED("refused by CloudFormation: a logical id keeps its type", "");

    private final String text;
    private final String note;

    Update(String text, String note) {
        this.text = text;
        this.note = note;
    }

    /** {@return what happens to the resource} */
    String text() {
        return text;
    }

    /** {@return what to write behind the property that is the cause} */
    String note() {
        return note;
    }

    boolean isAtLeast(Update other) {
        return compareTo(other) >= 0;
    }

    Update orMore(Update other) {
        return isAtLeast(other) ? this : other;
    }
}
