package dev.ashlar.constructs.alarm;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.IWidget;

/** What can be watched: a {@link ServiceDashboard} finds it and shows its widgets as one row. */
public interface Watched {
    /**
     * {@return the widgets that show how it does, from left to right; together at most 24 columns wide}
     */
    List<IWidget> getWidgets();
}
