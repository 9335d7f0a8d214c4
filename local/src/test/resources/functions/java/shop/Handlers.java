package shop;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What functions do, well and badly. */
public class Handlers {
    private int count;

    public Map<String, Object> count(Map<String, Object> event) {
        return Map.of("count", ++count, "pid", ProcessHandle.current().pid());
    }

    public Map<String, Object> tell(Map<String, Object> event, Context context) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("event", event);
        told.put("environment", new TreeMap<>(System.getenv()));
        told.put("directory", Path.of("").toAbsolutePath().toString());
        told.put("temporary", System.getProperty("java.io.tmpdir"));
        told.put("heap", Runtime.getRuntime().maxMemory() >> 20);
        told.put("arn", context.getInvokedFunctionArn());
        told.put("requestId", context.getAwsRequestId());
        told.put("remaining", context.getRemainingTimeInMillis());
        told.put("trace", String.valueOf(System.getProperty("com.amazonaws.xray.traceHeader")));
        return told;
    }

    public String print(Map<String, Object> event, Context context) {
        System.out.println("마름돌 out");
        System.err.println("to err");
        context.getLogger().log("logged");
        System.out.print("without an end");
        System.out.flush();
        return "printed";
    }

    public void garbage(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] bytes = new byte[300_000];
        Arrays.fill(bytes, (byte) 0xfe);
        System.out.write(bytes);
        out.write("<not json".getBytes(StandardCharsets.UTF_8));
    }

    public String fail(Map<String, Object> event) {
        throw new IllegalStateException("no such note: " + event.get("id"));
    }

    public String exit(Map<String, Object> event) {
        Runtime.getRuntime().halt(((Number) event.getOrDefault("status", 3)).intValue());
        return "";
    }

    public String fill(Map<String, Object> event) {
        List<byte[]> all = new ArrayList<>();
        for (; ; ) {
            all.add(new byte[1 << 20]);
        }
    }

    public String sleep(Map<String, Object> event) throws Exception {
        Object until = event.get("until");
        if (until != null) {
            Files.createFile(Path.of(until + "-" + event.get("id")));
            while (!Files.exists(Path.of(until.toString()))) {
                Thread.sleep(5);
            }
        } else {
            Thread.sleep(60_000);
        }
        return "awake";
    }

    public void large(InputStream in, OutputStream out, Context context) throws IOException {
        int size = Integer.parseInt(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        byte[] text = new byte[size];
        Arrays.fill(text, (byte) 'a');
        text[0] = '"';
        text[size - 1] = '"';
        out.write(text);
    }

    public int size(InputStream in) throws IOException {
        return in.readAllBytes().length;
    }

    public void length(InputStream in, OutputStream out) throws IOException {
        out.write(String.valueOf(in.readAllBytes().length).getBytes(StandardCharsets.UTF_8));
    }

    public static class ThrowsAtStart {
        public ThrowsAtStart() {
            throw new IllegalStateException("no table");
        }

        public String handle(Map<String, Object> event) {
            return "";
        }
    }

    public static class EndsAtStart {
        static {
            System.out.println("the end");
            System.exit(7);
        }

        public String handle(Map<String, Object> event) {
            return "";
        }
    }

    public static class SlowAtStart {
        static {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        public String handle(Map<String, Object> event) {
            return "";
        }
    }
}
