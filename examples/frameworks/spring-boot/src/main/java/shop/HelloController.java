package shop;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code GET /hello} and {@code POST /echo}. */
@RestController
class HelloController {
    @GetMapping("/hello")
    Greeting hello(@RequestParam(defaultValue = "world") String name) {
        return new Greeting("Hello, " + name);
    }

    @PostMapping("/echo")
    Echo echo(@RequestBody Note note) {
        return new Echo(note.text(), note.text().length());
    }

    record Greeting(String message) {}

    record Note(String text) {}

    record Echo(String text, int length) {}
}
