package dev.ashlar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the requests that jsii sends to Node, and how long each is waited for. jsii has a place for someone who reads along,
 * for its own tests: that place is not public.
 */
final class NodeCalls {
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final SortedMap<String, Double> millis = new TreeMap<>();
    private String asked = "";
    private long since;

    /** Counts what is requested while something runs. */
    static NodeCalls during(Runnable action) throws ReflectiveOperationException {
        NodeCalls calls = new NodeCalls();
        calls.readAlong(action);
        return calls;
    }

    /** Counts that too. */
    void readAlong(Runnable action) throws ReflectiveOperationException {
        ThreadLocal<Object> place = inspector();
        place.set(reader());
        try {
            action.run();
        } finally {
            place.remove();
        }
    }

    /** {@return how often something was requested, by what was asked for} */
    SortedMap<String, Long> counts() {
        return counts;
    }

    /** {@return for how many milliseconds it was waited for, by what was asked for} */
    SortedMap<String, Double> millis() {
        return millis;
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @SuppressWarnings("unchecked") // The field's type is a ThreadLocal of an interface that is not public either.
    private static ThreadLocal<Object> inspector() throws ReflectiveOperationException {
        Field field = Class.forName("software.amazon.jsii.JsiiRuntime").getDeclaredField("messageInspector");
        field.setAccessible(true);
        return (ThreadLocal<Object>) field.get(null);
    }

    private Object reader() throws ReflectiveOperationException {
        Class<?> type = Class.forName("software.amazon.jsii.MessageInspector");
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (arguments[1].toString().equals("Request")) {
                asked = describe((JsonNode) arguments[0]);
                counts.merge(asked, 1L, Long::sum);
                since = System.nanoTime();
            } else {
                millis.merge(asked, (System.nanoTime() - since) / 1e6, Double::sum);
            }
            return null;
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** Such as {@code get aws-cdk-lib.aws_iam.Role.roleArn}. */
    private static String describe(JsonNode request) {
        String object = request.at("/objref/$jsii.byref").asText("");
        String type = object.isEmpty() ? request.path("fqn").asText("") : object.substring(0, object.indexOf('@'));
        String member = request.path("property").asText(request.path("method").asText(""));
        return (request.path("api").asText() + " " + type + (member.isEmpty() ? "" : "." + member)).strip();
    }
}
