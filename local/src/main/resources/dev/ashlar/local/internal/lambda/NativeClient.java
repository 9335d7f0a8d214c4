package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** In place of AWS's class of this name, whose native library is for Linux alone: the same requests, by the JDK. */
final class NativeClient {
    private static String base;

    private NativeClient() {}

    static void init(String hostnameAndPort) {
        base = "http://" + hostnameAndPort + "/2018-06-01/runtime/invocation/";
    }

    static InvocationRequest next() {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(base + "next").openConnection();
            try (InputStream in = connection.getInputStream()) {
                InvocationRequest request = new InvocationRequest();
                request.setId(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
                request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
                request.setInvokedFunctionArn(connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
                request.setDeadlineTimeInMs(Long.parseLong(connection.getHeaderField("Lambda-Runtime-Deadline-Ms")));
                request.setContent(in.readAllBytes());
                return request;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void postInvocationResponse(byte[] requestId, byte[] response) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL(base + new String(requestId, UTF_8) + "/response").openConnection();
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(response.length);
            connection.getOutputStream().write(response);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_ACCEPTED) {
                throw new LambdaRuntimeClientException("Failed to post the response", status);
            }
            connection.getInputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
