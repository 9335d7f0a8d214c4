package dev.ashlar.runtime;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What a SnapStart snapshot shall hold beyond the handler as its constructor leaves it: classes that are loaded, code that is compiled,
 * clients that have resolved their credentials.
 *
 * <pre>{@code
 * public Notes() {
 *     Priming.beforeSnapshot(() -> client.describeTable(request -> request.tableName(table)));
 * }
 * }</pre>
 *
 * <p>It needs neither {@code org.crac} nor another dependency: the action becomes a {@code Resource} of the implementation of CRaC that
 * Lambda's runtime has.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks for SnapStart</a>
 */
public final class Priming {

    private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";
    private static final String SNAP_START = "snap-start";

    /** The property that tells org.crac which implementation to take; Lambda sets it to the default here. */
    private static final String IMPLEMENTATION = "org.crac.Core.Compat";

    private static final String LAMBDA = "com.amazonaws.services.lambda.crac";

    /** The runtime holds its resources weakly, so that they would be collected before the snapshot. */
    private static final List<Object> RESOURCES = new CopyOnWriteArrayList<>();

    private Priming() {}

    /**
     * Runs an action once all is initialised and before the snapshot is taken. Actions run in the reverse order of their registration,
     * each even if another one failed.
     *
     * <p>Outside a SnapStart initialisation, which the variable {@code AWS_LAMBDA_INITIALIZATION_TYPE} tells, the action is dropped and
     * never runs: in functions without SnapStart, in {@code $LATEST}, in tests.
     *
     * <p>An exception fails the publication of the version, and the deployment with it. The action runs with the function's role and
     * network, once a snapshot and not once a deployment: Lambda takes new ones when it updates the runtime. Connections that it opens do
     * not survive the snapshot; the AWS SDK opens new ones.
     *
     * @param action what to run, with the time limit of the initialisation
     * @throws IllegalStateException if it is a SnapStart initialisation, and the runtime has no implementation of CRaC
     */
    public static void beforeSnapshot(Action action) {
        Objects.requireNonNull(action, "action");
        if (SNAP_START.equals(System.getenv(INITIALIZATION_TYPE))) {
            register(action, System.getProperty(IMPLEMENTATION, LAMBDA));
        }
    }

    static void register(Action action, String implementation) {
        try {
            Class<?> resource = Class.forName(implementation + ".Resource");
            Object context = Class.forName(implementation + ".Core")
                    .getMethod("getGlobalContext")
                    .invoke(null);
            Method register = Class.forName(implementation + ".Context").getMethod("register", resource);
            Object proxy = Proxy.newProxyInstance(
                    Priming.class.getClassLoader(),
                    new Class<?>[] {resource},
                    (self, method, arguments) -> call(action, self, method, arguments));
            register.invoke(context, proxy);
            RESOURCES.add(proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Priming must find CRaC in the runtime with SnapStart, got none in " + implementation, e);
        }
    }

    private static @Nullable Object call(Action action, Object self, Method method, @Nullable Object[] arguments)
            throws Exception {
        return switch (method.getName()) {
            case "beforeCheckpoint" -> {
                action.run();
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "Priming " + action;
            default -> null;
        };
    }

    /** What to run before the snapshot. */
    @FunctionalInterface
    public interface Action {

        /**
         * Runs the action.
         *
         * @throws Exception if there shall be no snapshot
         */
        void run() throws Exception;
    }
}
