package dev.ashlar.constructs.web.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.constructs.web.SiteMode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the functions on requests, all in one process of Node.js; and looks for what CloudFront's runtime lacks. */
class RouteRequestTest {
    private static final Map<String, String> REDIRECTS =
            Map.of("example.com", "www.example.com", "old.example.org", "www.example.com");
    private static final List<String> FILES = List.of(
            "index.html",
            "assets/app.3f2a.js",
            "data/prices.parquet",
            "über/Straße.txt",
            "LICENSE",
            "a \"quoted\" name",
            ".well-known/apple-app-site-association");
    private static final String APPLICATION = RoutingCode.ofSite(SiteMode.SPA, FILES, REDIRECTS);
    private static final Map<String, String> FUNCTIONS = Map.of(
            "spa",
            APPLICATION,
            "spa of unknown files",
            RoutingCode.ofSite(SiteMode.SPA, List.of(), Map.of()),
            "directories",
            RoutingCode.ofSite(SiteMode.DIRECTORY_INDEX, FILES, REDIRECTS),
            "plain",
            RoutingCode.ofSite(SiteMode.PLAIN, FILES, REDIRECTS),
            "origin",
            RoutingCode.ofOrigin(null, REDIRECTS),
            "stripped origin",
            RoutingCode.ofOrigin("/api", REDIRECTS),
            "deeper origin",
            RoutingCode.ofOrigin("/api/v1", Map.of()));

    private static final String ADDRESS = "{\"value\":\"2001:db8::7\"}";
    private static final String REFUSED = "400 | Bad Request";
    private static final String LONG = "/long".repeat(1_600);

    @TempDir
    private Path directory;

    private final List<Request> requests = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> routesRequests() throws Exception {
        deepLinksOfAnApplication();
        directories();
        filesAsTheyAreNamed();
        pathsThatLeaveTheSite();
        otherHosts();
        origins();

        List<String> answers = run();

        System.out.println("Requests routed: " + requests.size());
        assertThat(answers).hasSameSizeAs(requests).hasSizeGreaterThan(60);
        return IntStream.range(0, answers.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        requests.get(i).name(),
                        () -> assertThat(answers.get(i))
                                .isEqualTo(requests.get(i).expected())));
    }

    private void deepLinksOfAnApplication() {
        String page = "/index.html";
        request("spa", "/", page);
        request("spa", "/users", page);
        request("spa", "/users/", page);
        request("spa", "/users/42/edit", page);
        request("spa", "/users?tab=a&tab=b", page);
        request("spa", "/index.html", "/index.html");
        request("spa", "/assets/app.3f2a.js", "/assets/app.3f2a.js");
        request("spa", "/assets/app.3f2a.js?v=1", "/assets/app.3f2a.js");
        request("spa", "/assets/yesterday.0b1c.css", "/assets/yesterday.0b1c.css");
        request("spa", "/LOGO.PNG", "/LOGO.PNG");
        request("spa", "/users/john.doe", page);
        request("spa", "/users/john.doe/", page);
        request("spa", "/users/john@example.com", page);
        request("spa", "/john.doe/settings", page);
        request("spa", "/v1.0", page);
        request("spa", "/app.js/", page);
        request("spa", "/app.js/map", page);
        request("spa", "/sentence.", page);
        request("spa", "/.hidden", page);
        request("spa", "/.js", page);
        request("spa", "/data/prices.parquet", "/data/prices.parquet");
        request("spa of unknown files", "/data/prices.parquet", page);
        request("spa", "/LICENSE", "/LICENSE");
        request("spa of unknown files", "/LICENSE", page);
        request("spa", "/license", page);
        request("spa", "/a%20%22quoted%22%20name", "/a%20%22quoted%22%20name");
        request("spa", "/.well-known/apple-app-site-association", "/.well-known/apple-app-site-association");
        request("spa of unknown files", "/.well-known/change-password", "/.well-known/change-password");
        request("spa", "/%C3%BCber/Stra%C3%9Fe.txt", "/%C3%BCber/Stra%C3%9Fe.txt");
        request("spa", "/über/Straße.txt", "/über/Straße.txt");
        request("spa", "/caf%C3%A9/%F0%9F%98%80", page);
        request("spa", "/日本語", page);
        request("spa", "/app%2Ejs", "/app%2Ejs");
        request("spa", "/open/https%3A%2F%2Fexample.com%2Fpage", page);
        request("spa", "/discount/100%", page);
        request("spa", "/%zz.js", "/%zz.js");
        request("spa", "/%E4%F6", page);
        request("spa", "//users", page);
        request("spa", "/users//42", page);
        request("spa", LONG, page);
        request("spa", LONG + ".js", LONG + ".js");
        request("spa", "/constructor", page);
        request("spa", "/__proto__", page);
    }

    private void directories() {
        request("directories", "/", "/index.html");
        request("directories", "/sub/", "/sub/index.html");
        request("directories", "/sub/deeper/?q=1", "/sub/deeper/index.html");
        request("directories", "/sub", redirected("/sub/"));
        request("directories", "/sub?q=1&q=2&r=&s", redirected("/sub/?q=1&q=2&r=&s"));
        request("directories", "/sub?", redirected("/sub/?"));
        request("directories", "/sub/index.html", "/sub/index.html");
        request("directories", "/sub/page.html", "/sub/page.html");
        request("directories", "/a.b/", "/a.b/index.html");
        request("directories", "/a.b", redirected("/a.b/"));
        request("directories", "/v1.0/", "/v1.0/index.html");
        request("directories", "/v1.0", redirected("/v1.0/"));
        request("directories", "/LICENSE", "/LICENSE");
        request("directories", "/.well-known/security", "/.well-known/security");
        request("directories", "/caf%C3%A9", redirected("/caf%C3%A9/"));
        request("directories", "/café menu", redirected("/caf%C3%A9%20menu/"));
        request("directories", "/caf%C3%A9/", "/caf%C3%A9/index.html");
        request("directories", "/100%", redirected("/100%/"));
        request("directories", "//evil.com", redirected("/evil.com/"));
        request("directories", "///evil.com", redirected("/evil.com/"));
        request("directories", "/\\evil.com", redirected("/evil.com/"));
        request("directories", "/\t/evil.com", redirected("/evil.com/"));
        request("directories", "//", "//index.html");
        request("directories", "/\\", redirected("/"));
        request("directories", "https://evil.com/sub", redirected("/https://evil.com/sub/"));
        request("directories", "@evil.com", redirected("/@evil.com/"));
        request("directories", "/sub\r\nset-cookie:a=b", redirected("/sub%0D%0Aset-cookie:a=b/"));
    }

    private void filesAsTheyAreNamed() {
        request("plain", "/", "/index.html");
        request("plain", "/?q=1", "/index.html");
        request("plain", "/sub/", "/sub/");
        request("plain", "/sub", "/sub");
        request("plain", "/john.doe", "/john.doe");
        request("plain", "//", "//");
        request("plain", "//evil.com", "//evil.com");
    }

    private void pathsThatLeaveTheSite() {
        for (String path : List.of(
                "/..",
                "/../x",
                "/sub/../../etc/passwd",
                "/sub/.",
                "/./x.js",
                "/%2e%2e/x",
                "/%2E./x",
                "/..%2fx",
                "/sub%2f..%2fx",
                "/..\\x",
                "/sub/..%5cx",
                "../x")) {
            request("spa", path, REFUSED);
        }
        request("directories", "/sub/..", REFUSED);
        request("plain", "/../x", REFUSED);
        request("origin", "/api/../x", REFUSED);
        request("stripped origin", "/api/%2e%2e/x", REFUSED);
        request("spa", "/...", "/index.html");
        request("spa", "/..x", "/index.html");
        request("spa", "/x..", "/index.html");
        request("spa", "/a..b/x.js", "/a..b/x.js");
    }

    private void otherHosts() {
        String canonical = "https://www.example.com";
        redirect("spa", "example.com", "/", canonical + "/");
        redirect("spa", "EXAMPLE.com", "/users/42", canonical + "/users/42");
        redirect("spa", "example.com:443", "/app.js", canonical + "/app.js");
        redirect("spa", "old.example.org", "/sub", canonical + "/sub");
        redirect("directories", "example.com", "/sub", canonical + "/sub");
        redirect("plain", "example.com", "/sub/", canonical + "/sub/");
        redirect("spa", "example.com", "/caf%C3%A9/%2F", canonical + "/caf%C3%A9/%2F");
        redirect("spa", "example.com", "/café", canonical + "/caf%C3%A9");
        redirect("spa", "example.com", "//evil.com", canonical + "//evil.com");
        redirect("spa", "example.com", "@evil.com", canonical + "/@evil.com");
        redirect("spa", "example.com", ".evil.com", canonical + "/.evil.com");
        redirect("spa", "example.com", "/x?a=1&b=2&a=3", canonical + "/x?a=1&b=2&a=3");
        redirect("spa", "example.com", "/x?a&b=&=c&d=1=2", canonical + "/x?a&b=&=c&d=1=2");
        redirect("spa", "example.com", "/x?q=a%20b+c%26d&e=%E2%82%AC", canonical + "/x?q=a%20b+c%26d&e=%E2%82%AC");
        redirect("spa", "example.com", "/x?", canonical + "/x?");
        redirect("spa", "example.com", "/x?next=https://evil.com/?y", canonical + "/x?next=https://evil.com/?y");
        parsed("spa", "/x", canonical + "/x");
        parsed("spa", "/x?a=1&b=2&a=3", canonical + "/x?a=1&a=3&b=2");
        parsed("spa", "/x?a&b=&c=1=2", canonical + "/x?a=&b=&c=1=2");
        parsed("spa", "/x?q=a%20b+c%26d&e=%E2%82%AC", canonical + "/x?q=a%20b+c%26d&e=%E2%82%AC");
        redirect("origin", "example.com", "/api/notes?x=1", canonical + "/api/notes?x=1");
        redirect("stripped origin", "example.com", "/api/notes", canonical + "/api/notes");
        requests.add(new Request("spa", "/users", "www.example.com", false, Map.of(), "/index.html"));
        requests.add(new Request("spa", "/users", "constructor", false, Map.of(), "/index.html"));
        requests.add(new Request("spa", "/users", "__proto__", false, Map.of(), "/index.html"));
        requests.add(new Request("spa", "/users", null, false, Map.of(), "/index.html"));
        requests.add(new Request("spa", "/../x", "example.com", false, Map.of(), REFUSED));
    }

    private void origins() {
        for (String path : List.of(
                "/api",
                "/api/",
                "/api/notes",
                "/api/notes/",
                "/api/john.doe",
                "/api//notes",
                "/api/a%2Fb%20c",
                "/api/100%",
                "/api/café",
                "/api/index.html")) {
            arrives("origin", path, path);
        }
        arrives("stripped origin", "/api", "/");
        arrives("stripped origin", "/api/", "/");
        arrives("stripped origin", "/api/notes", "/notes");
        arrives("stripped origin", "/api/notes/", "/notes/");
        arrives("stripped origin", "/api/api/notes", "/api/notes");
        arrives("stripped origin", "/api//notes", "//notes");
        arrives("stripped origin", "/api/a%2Fb%20c", "/a%2Fb%20c");
        arrives("stripped origin", "/api/100%", "/100%");
        arrives("stripped origin", "/%61pi/notes", "/notes");
        arrives("stripped origin", "/apiary", "/apiary");
        arrives("stripped origin", "/API/notes", "/API/notes");
        arrives("stripped origin", "/", "/");
        arrives("stripped origin", "/api/notes?prefix=/api/", "/notes");
        arrives("deeper origin", "/api/v1", "/");
        arrives("deeper origin", "/api/v1/notes", "/notes");
        arrives("deeper origin", "/api/v10/notes", "/api/v10/notes");
        arrives("deeper origin", "/api", "/api");
        requests.add(new Request(
                "origin",
                "/api",
                "www.example.com",
                false,
                Map.of(
                        "x-viewer-address",
                        Map.of("value", "6.6.6.6", "multiValue", List.of(Map.of("value", "6.6.6.6")))),
                "/api | headers changed | " + ADDRESS));
    }

    /**
     * What is documented: ES 5.1, {@code const}, {@code let}, arrow functions, template literals, rest parameters and the
     * methods here. Whether the runtime keeps to its documentation is not run.
     */
    @Test
    void usesOnlyWhatCloudFrontsRuntimeIsDocumentedToKnow() {
        String program = withoutTexts(APPLICATION);

        assertThat(found("\\.(\\w+)\\(", program))
                .contains("rawQueryString")
                .isSubsetOf(
                        "charAt",
                        "endsWith",
                        "forEach",
                        "includes",
                        "join",
                        "keys",
                        "lastIndexOf",
                        "push",
                        "rawQueryString",
                        "replace",
                        "slice",
                        "split",
                        "startsWith",
                        "test",
                        "toLowerCase");
        assertThat(found("(?<![.\\w])(\\w+)\\(", program))
                .contains("decodeURIComponent")
                .isSubsetOf(Stream.concat(
                                Stream.of("decodeURIComponent", "encodeURI", "queryOf"),
                                found("function (\\w+)\\(", program).stream())
                        .toList());
        assertThat(program)
                .doesNotContainPattern("\\.{3}|\\?[.?]|[`#@]|(const|let) [\\[{]"
                        + "|\\b(async|await|class|eval|export|import|in|new|of|require|this|yield)\\b");
    }

    /** Requests of the host that nothing is redirected from. */
    private void request(String function, String target, String expected) {
        requests.add(new Request(function, target, "www.example.com", false, Map.of(), expected));
    }

    private void arrives(String function, String target, String uri) {
        request(function, target, uri + " | headers changed | " + ADDRESS);
    }

    private void redirect(String function, String host, String target, String location) {
        requests.add(new Request(function, target, host, false, Map.of(), redirected(location)));
    }

    /** As if the request had no text of its query, only its parts. */
    private void parsed(String function, String target, String location) {
        requests.add(new Request(function, target, "example.com", true, Map.of(), redirected(location)));
    }

    private static String redirected(String location) {
        return "308 | Permanent Redirect | location: " + location + " | cache-control: max-age=3600";
    }

    private List<String> run() throws Exception {
        Path input = directory.resolve("requests.json");
        Path program = directory.resolve("run-requests.js");
        new ObjectMapper()
                .writeValue(
                        input.toFile(),
                        Map.of(
                                "functions",
                                FUNCTIONS,
                                "requests",
                                requests.stream().map(Request::fields).toList()));
        try (InputStream in = RouteRequestTest.class.getResourceAsStream("run-requests.js")) {
            Files.copy(in, program);
        }
        Process process = new ProcessBuilder(
                        System.getenv().getOrDefault("JSII_NODE", "node"), program.toString(), input.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.lines().toList();
    }

    private static List<String> found(String pattern, String program) {
        return Pattern.compile(pattern)
                .matcher(program)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }

    /** {@return a program without its configuration, texts, patterns and comments} */
    private static String withoutTexts(String program) {
        return program.replaceFirst(".*\n", "")
                .replaceAll("(?m)^ *//.*$", "")
                .replaceAll("'[^'\n]*'", "''")
                .replaceAll("(?<=[(\\s])/[^/\\n ](\\\\.|\\[(\\\\.|[^\\]\\n])*\\]|[^/\\n\\[])*/[gi]*", "0");
    }

    private record Request(
            String function,
            String target,
            @Nullable String host,
            boolean parsed,
            Map<String, Object> headers,
            String expected) {
        String name() {
            return function + ": " + host + (target.length() > 80 ? target.substring(0, 80) + "..." : target);
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new HashMap<>();
            fields.put("function", function);
            fields.put("target", target);
            fields.put("host", host);
            fields.put("parsed", parsed);
            fields.put("headers", headers);
            return fields;
        }
    }
}
