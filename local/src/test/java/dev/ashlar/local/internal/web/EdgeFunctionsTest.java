package dev.ashlar.local.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.web.EdgeFunctions.Code;
import dev.ashlar.local.internal.web.EdgeFunctions.FailedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeFunctionsTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final EdgeFunctions functions = new EdgeFunctions(log::add);

    @AfterEach
    void close() {
        functions.close();
    }

    @Test
    void returnsWhatTheHandlerReturns() throws Exception {
        JsonNode result = call("""
                import cf from 'cloudfront';
                import crypto from 'crypto';
                async function handler(event) {
                  console.log('saw', event.request.uri, { a: 1 });
                  await Promise.resolve();
                  event.request.uri = '/b';
                  event.request.hash = crypto.createHash('md5').update('a').digest('hex');
                  event.request.raw = event.request.rawQueryString();
                  return event.request;
                }
                """, "{'request':{'uri':'/a','rawQueryString':'x=1'}}");

        assertThat(result)
                .isEqualTo(
                        Json.parse("{\"uri\":\"/b\",\"raw\":\"x=1\",\"hash\":\"0cc175b9c0f1b6a831c399e269772661\"}"));
        assertThat(log).containsExactly("[Shop/Edge] saw /a {\"a\":1}");
    }

    @Test
    void aCallSeesNothingOfTheEventBefore() throws Exception {
        String code = "function handler(event) { return { query: typeof event.request.rawQueryString() }; }";

        assertThat(call(code, "{'request':{'rawQueryString':''}}").path("query").asText())
                .isEqualTo("string");
        assertThat(call(code, "{'request':{}}").path("query").asText()).isEqualTo("undefined");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "function handler() { throw new Error('no'); } | Error: no",
                "function handler() { for (;;); } | Error: Script execution timed out after 500ms",
                "async function handler() { for (;;) await 1; } | Error: Script execution timed out after 500ms",
                "async function handler() { await new Promise(() => {}); } | the handler never ended",
                "function handler() { return setTimeout; } | ReferenceError: setTimeout is not defined",
                "function handler() { return require('fs'); } | Error: there is no module fs",
                "function handler() { return process.env; } | ReferenceError: process is not defined",
                "import cf from 'cloudfront'; function handler() { return cf.kvs(); } | Error: cf.kvs is not there on this machine",
                "function other() {} | ReferenceError: handler is not defined",
                "function handler( { | SyntaxError: Unexpected end of input",
            })
    void tellsHowAFunctionFailed(String code, String message) throws Exception {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> call(code, "{'request':{}}"))
                .withMessageStartingWith(message);

        // The next call is none the worse for it.
        assertThat(call("function handler() { return 1; }", "{'request':{}}").asInt())
                .isEqualTo(1);
    }

    private JsonNode call(String code, String event) throws Exception {
        String name = code.contains("console") ? "Shop/Edge" : "Shop/Edge" + code.hashCode();
        return functions.call(new Code(name, code), Json.parse(event.replace('\'', '"')));
    }
}
