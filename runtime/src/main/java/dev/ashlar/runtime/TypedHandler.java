package dev.ashlar.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A handler of objects as one of streams, with the serializers, the choice among them and the errors of AWS's runtime interface client.
 *
 * <p>The only class that knows {@code aws-lambda-java-serialization}, which Lambda provides and this artifact does not depend on.
 */
final class TypedHandler implements RequestStreamHandler {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final RequestHandler<@Nullable Object, @Nullable Object> handler;
    private final HandlerTypes types;
    private final ClassLoader loader;
    private final @Nullable CustomPojoSerializer custom;
    private final Serializers usual;
    private volatile @Nullable Serializers android;

    @SuppressWarnings("unchecked") // Which types they are is read from the class.
    TypedHandler(RequestHandler<?, ?> handler) {
        this.handler = (RequestHandler<@Nullable Object, @Nullable Object>) handler;
        types = HandlerTypes.of(handler.getClass());
        // Lambda sets it to the loader of the function's classes before it makes the handler.
        loader = Thread.currentThread().getContextClassLoader();
        custom = findCustom(loader);
        usual = serializers(false);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        Serializers serializers = serializers(context);
        Object input = read(serializers.input(), event);
        Object output = handler.handleRequest(input, context);
        write(serializers.output(), output, answer);
    }

    private static @Nullable Object read(PojoSerializer<Object> serializer, InputStream event) {
        try {
            return serializer.fromJson(event);
        } catch (Throwable e) {
            throw new RuntimeException("An error occurred during JSON parsing", e);
        }
    }

    private static void write(
            @Nullable PojoSerializer<Object> serializer, @Nullable Object output, OutputStream answer) {
        try {
            if (serializer == null) {
                answer.write(NULL);
            } else {
                serializer.toJson(output, answer);
            }
        } catch (Throwable e) {
            throw new RuntimeException("An error occurred during JSON serialization of response", e);
        }
    }

    private Serializers serializers(Context context) {
        if (!isAndroid(context.getClientContext())) {
            return usual;
        }
        Serializers known = android;
        if (known == null) {
            known = serializers(true);
            android = known;
        }
        return known;
    }

    /** The mobile SDK for Android says so, and gets JSON from another library. */
    private static boolean isAndroid(@Nullable ClientContext client) {
        return client != null
                && client.getEnvironment() != null
                && "Android".equalsIgnoreCase(client.getEnvironment().get("platform"));
    }

    private Serializers serializers(boolean forAndroid) {
        return new Serializers(
                serializer(types.input(), forAndroid),
                types.output() == Void.class ? null : serializer(types.output(), forAndroid));
    }

    @SuppressWarnings("unchecked") // It is only given what the handler takes or returns.
    private PojoSerializer<Object> serializer(Type type, boolean forAndroid) {
        if (custom != null) {
            return new CustomSerializer(custom, type);
        }
        if (type instanceof Class<?> event && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())) {
            return (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(event, loader);
        }
        return forAndroid
                ? GsonFactory.getInstance().getSerializer(type)
                : JacksonFactory.getInstance().getSerializer(type);
    }

    private static @Nullable CustomPojoSerializer findCustom(ClassLoader loader) {
        Iterator<CustomPojoSerializer> found =
                ServiceLoader.load(CustomPojoSerializer.class, loader).iterator();
        if (!found.hasNext()) {
            return null;
        }
        CustomPojoSerializer only = found.next();
        if (found.hasNext()) {
            throw new IllegalStateException("CustomPojoSerializer must have at most one provider, got "
                    + only.getClass().getName() + " and "
                    + found.next().getClass().getName());
        }
        return only;
    }

    private record Serializers(
            PojoSerializer<Object> input, @Nullable PojoSerializer<Object> output) {}

    private record CustomSerializer(CustomPojoSerializer custom, Type type) implements PojoSerializer<Object> {

        @Override
        public Object fromJson(InputStream input) {
            return custom.fromJson(input, type);
        }

        @Override
        public Object fromJson(String input) {
            return custom.fromJson(input, type);
        }

        @Override
        public void toJson(Object value, OutputStream output) {
            custom.toJson(value, output, type);
        }
    }
}
