package shop;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;

/** Answers {@code GET /hello} and {@code POST /echo}. */
@Controller
class HelloController {
    @Get("/hello")
    Greeting hello(@QueryValue(defaultValue = "world") String name) {
        return new Greeting("Hello, " + name);
    }

    @Post("/echo")
    Echo echo(@Body Note note) {
        return new Echo(note.text(), note.text().length());
    }

    @Serdeable
    record Greeting(String message) {}

    @Serdeable
    record Note(String text) {}

    @Serdeable
    record Echo(String text, int length) {}
}
