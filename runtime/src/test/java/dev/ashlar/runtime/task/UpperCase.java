package dev.ashlar.runtime.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Locale;

/** A serializer that cannot be taken for Lambda's: it reads bytes as text, and writes it in upper case with its type. */
@SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
public class UpperCase implements CustomPojoSerializer {

    @Override
    public <T> T fromJson(InputStream input, Type type) {
        try {
            return (T) new String(input.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        return (T) input;
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            output.write((value.toString().toUpperCase(Locale.ROOT) + " of " + type.getTypeName()).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
