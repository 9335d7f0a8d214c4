package shop;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;

/** Answers {@code GET /hello} and {@code POST /echo}. */
@Path("/")
public class HelloResource {
    @GET
    @Path("hello")
    public Greeting hello(@RestQuery @DefaultValue("world") String name) {
        return new Greeting("Hello, " + name);
    }

    @POST
    @Path("echo")
    public Echo echo(Note note) {
        return new Echo(note.text(), note.text().length());
    }

    public record Greeting(String message) {}

    public record Note(String text) {}

    public record Echo(String text, int length) {}
}
