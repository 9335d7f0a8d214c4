package dev.ashlar.constructs.access;

import java.util.List;

/** A construct that made its table and knows the indexes of it, so that grants can name each. */
public interface Indexed {
    /** {@return the names of the table's indexes} */
    List<String> getIndexNames();
}
