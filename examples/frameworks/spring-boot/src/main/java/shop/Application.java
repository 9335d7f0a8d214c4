package shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What {@link StreamLambdaHandler} starts. */
@SpringBootApplication
public class Application {}
