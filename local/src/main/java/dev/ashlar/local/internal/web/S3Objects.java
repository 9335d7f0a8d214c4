package dev.ashlar.local.internal.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The objects of a stand-in for S3, asked for by path and without a signature. */
final class S3Objects {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Request.Client ITSELF = new Request.Client("127.0.0.1", 0);

    private final URI endpoint;
    private final Upstream upstream;

    S3Objects(URI endpoint, Upstream upstream) {
        this.endpoint = endpoint;
        this.upstream = upstream;
    }

    /** {@return what S3 answers when it is asked for an object} */
    Response send(String method, String bucket, String key, Fields headers, byte[] body) {
        String path = "/" + bucket + "/" + Percent.encodePath(key);
        Request request = new Request(method, path, null, headers, body, ITSELF, "HTTP/1.1");
        return send(URI.create(root() + path), request);
    }

    void put(String bucket, String key, byte[] body, Fields headers) {
        check("PUT", bucket, key, send("PUT", bucket, key, headers, body));
    }

    void delete(String bucket, String key) {
        check("DELETE", bucket, key, send("DELETE", bucket, key, new Fields(), new byte[0]));
    }

    /** {@return the keys that begin with a prefix} */
    List<String> list(String bucket, String prefix) {
        List<String> keys = new ArrayList<>();
        String token = "";
        do {
            String query = "list-type=2&prefix=" + Percent.encode(prefix)
                    + (token.isEmpty() ? "" : "&continuation-token=" + Percent.encode(token));
            Request request = new Request("GET", "/" + bucket, query, new Fields(), new byte[0], ITSELF, "HTTP/1.1");
            Response response = send(URI.create(root() + "/" + bucket + "?" + query), request);
            check("list", bucket, prefix, response);
            Document page = parse(response.body());
            keys.addAll(texts(page, "Key"));
            token = String.join("", texts(page, "NextContinuationToken"));
        } while (!token.isEmpty());
        return keys;
    }

    private Response send(URI uri, Request request) {
        try {
            return upstream.send(uri, request, TIMEOUT);
        } catch (IOException e) {
            throw new UncheckedIOException("S3 at " + endpoint + " does not answer", e);
        }
    }

    private static void check(String what, String bucket, String key, Response response) {
        if (response.status() / 100 != 2) {
            throw new IllegalStateException(
                    "%s s3://%s/%s was answered %d".formatted(what, bucket, key, response.status()));
        }
    }

    private String root() {
        return endpoint.toString().replaceFirst("/$", "");
    }

    private static Document parse(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("S3 must answer in XML", e);
        }
    }

    private static List<String> texts(Document document, String element) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = document.getElementsByTagName(element);
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
