package dev.ashlar.local.internal.lambda;

/** Headers of X-Ray, for requests that are not sampled: nothing is sent. */
final class Trace {
    private static final int ID_START = 8;
    private static final int PARENT = 16;

    private Trace() {}

    static String of(String requestId) {
        String hex = requestId.replace("-", "");
        return "Root=1-%s-%s;Parent=%s;Sampled=0"
                .formatted(hex.substring(0, ID_START), hex.substring(ID_START), hex.substring(0, PARENT));
    }
}
