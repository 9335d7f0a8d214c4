package dev.ashlar.local.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.local.internal.template.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {
    private static final String CORS = """
            {'CorsConfig':{'AccessControlAllowOrigins':{'Items':['https://*.example.com']},
              'AccessControlAllowMethods':{'Items':['GET','PUT']},'AccessControlAllowHeaders':{'Items':['X-A']},
              'AccessControlExposeHeaders':{'Items':['ETag']},'AccessControlAllowCredentials':true,
              'AccessControlMaxAgeSec':60,'OriginOverride':%s}}
            """;

    @Test
    void addsSetsAndRemoves() throws Exception {
        Fields headers = new Fields().set("Server", "x").set("X-Kept", "origin").set("X-Replaced", "origin");

        apply("""
                {'RemoveHeadersConfig':{'Items':[{'Header':'server'}]},
                 'CustomHeadersConfig':{'Items':[{'Header':'X-Kept','Value':'policy','Override':false},
                   {'Header':'X-Replaced','Value':'policy','Override':true},{'Header':'X-New','Value':'policy'}]},
                 'SecurityHeadersConfig':{
                   'ContentSecurityPolicy':{'ContentSecurityPolicy':'default-src none','Override':true},
                   'StrictTransportSecurity':{'AccessControlMaxAgeSec':5,'IncludeSubdomains':true,'Preload':true},
                   'XSSProtection':{'Protection':false}}}
                """, "GET", null, headers);

        assertThat(headers.has("Server")).isFalse();
        assertThat(headers.get("X-Kept")).contains("origin");
        assertThat(headers.get("X-Replaced")).contains("policy");
        assertThat(headers.get("X-New")).contains("policy");
        assertThat(headers.get("Content-Security-Policy")).contains("default-src none");
        assertThat(headers.get("Strict-Transport-Security")).contains("max-age=5; includeSubDomains; preload");
        assertThat(headers.get("X-XSS-Protection")).contains("0");
    }

    @Test
    void answersCrossOriginRequests() throws Exception {
        Fields headers = new Fields();

        apply(CORS.formatted(true), "GET", "https://a.example.com", headers);

        assertThat(headers.get("Access-Control-Allow-Origin")).contains("https://a.example.com");
        assertThat(headers.get("Access-Control-Allow-Credentials")).contains("true");
        assertThat(headers.get("Access-Control-Expose-Headers")).contains("ETag");
        assertThat(headers.get("Vary")).contains("Origin");
        assertThat(headers.has("Access-Control-Allow-Methods")).isFalse();
    }

    @Test
    void tellsMoreBeforeARequestIsMade() throws Exception {
        Fields headers = new Fields();

        apply(CORS.formatted(true), "OPTIONS", "https://a.example.com", headers);

        assertThat(headers.get("Access-Control-Allow-Methods")).contains("GET, PUT");
        assertThat(headers.get("Access-Control-Allow-Headers")).contains("X-A");
        assertThat(headers.get("Access-Control-Max-Age")).contains("60");
    }

    @Test
    void otherOriginsAndRequestsWithoutOneGetNothing() throws Exception {
        Fields headers = new Fields();

        apply(CORS.formatted(true), "GET", "https://example.org", headers);
        apply(CORS.formatted(true), "GET", null, headers);

        assertThat(headers.has("Access-Control-Allow-Origin")).isFalse();
    }

    @Test
    void theOriginsWordCountsUnlessItIsOverridden() throws Exception {
        Fields kept = new Fields().set("Access-Control-Allow-Origin", "*");
        Fields replaced = new Fields().set("Access-Control-Allow-Origin", "*");

        apply(CORS.formatted(false), "GET", "https://a.example.com", kept);
        apply(CORS.formatted(true), "GET", "https://a.example.com", replaced);

        assertThat(kept.get("Access-Control-Allow-Origin")).contains("*");
        assertThat(kept.has("Access-Control-Expose-Headers")).isFalse();
        assertThat(replaced.get("Access-Control-Allow-Origin")).contains("https://a.example.com");
    }

    @Test
    void knowsThePoliciesThatAwsManages() {
        Policies policies = new Policies(List.of());

        assertThat(policies.responseHeaders("eaab4381-ed33-4a86-88ca-d9558dc6cd63")
                        .path("SecurityHeadersConfig")
                        .path("FrameOptions")
                        .path("FrameOption")
                        .asText())
                .isEqualTo("SAMEORIGIN");
        assertThat(policies.responseHeaders("none").isMissingNode()).isTrue();
    }

    private static void apply(String policy, String method, @Nullable String origin, Fields to) throws Exception {
        Fields headers = new Fields().set("Access-Control-Request-Method", "PUT");
        if (origin != null) {
            headers.set("Origin", origin);
        }
        Request request =
                new Request(method, "/", null, headers, new byte[0], new Request.Client("127.0.0.1", 1), "HTTP/1.1");
        new ResponseHeaders(Json.parse(policy.replace('\'', '"'))).apply(request, to);
    }
}
