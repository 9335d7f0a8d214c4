package dev.ashlar.patterns.webapp;

/** What an operator asks of a request; no query string and no headers, which hold people's data. */
final class AccessLog {
    private AccessLog() {}

    static String ofHttpApi() {
        return format("$context.routeKey", "$context.integrationErrorMessage");
    }

    static String ofRestApi() {
        return format("$context.httpMethod $context.resourcePath", "$context.integration.error");
    }

    private static String format(String route, String error) {
        return "{\"requestId\":\"$context.requestId\""
                + ",\"requestTime\":\"$context.requestTime\""
                + ",\"ip\":\"$context.identity.sourceIp\""
                + ",\"method\":\"$context.httpMethod\""
                + ",\"path\":\"$context.path\""
                + ",\"routeKey\":\"" + route + "\""
                + ",\"protocol\":\"$context.protocol\""
                + ",\"status\":\"$context.status\""
                + ",\"responseLength\":\"$context.responseLength\""
                + ",\"responseLatency\":\"$context.responseLatency\""
                + ",\"integrationLatency\":\"$context.integrationLatency\""
                + ",\"integrationError\":\"" + error + "\"}";
    }
}
