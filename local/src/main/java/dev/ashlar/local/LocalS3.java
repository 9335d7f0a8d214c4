package dev.ashlar.local;

import com.adobe.testing.s3mock.S3MockApplication;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * S3Mock in this JVM: buckets in a temporary folder or one that is kept, on a free port of the loopback interface. All credentials see the
 * same buckets. Clients must ask for buckets by path: {@code forcePathStyle(true)}.
 *
 * @see <a href="https://github.com/adobe/S3Mock">S3Mock</a>
 */
public final class LocalS3 implements AutoCloseable {
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    /** Tomcat tells at each start what it starts. Held here, as the JVM forgets the level of a logger that nobody holds. */
    private static final List<Logger> TOMCAT =
            List.of(Logger.getLogger("org.apache.coyote"), Logger.getLogger("org.apache.catalina"));

    private final ConfigurableApplicationContext context;

    private LocalS3(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the server.
     *
     * @return the server, which answers
     */
    public static LocalS3 start() {
        return start(Map.of());
    }

    /**
     * Starts the server with buckets that it keeps.
     *
     * @param directory where it keeps them, or has kept them before; it must exist
     * @return the server, which answers
     */
    public static LocalS3 start(Path directory) {
        return start(Map.of(
                "com.adobe.testing.s3mock.store.root",
                directory.toString(),
                "com.adobe.testing.s3mock.store.retain-files-on-exit",
                true));
    }

    private static LocalS3 start(Map<String, Object> store) {
        TOMCAT.forEach(logger -> logger.setLevel(Level.WARNING));
        SpringApplication application = new SpringApplication(S3MockApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        Map<String, Object> properties = new HashMap<>(store);
        properties.putAll(
                Map.of("server.address", LOOPBACK, "server.port", 0, "server.ssl.enabled", false, "http.port", 0));
        application.setDefaultProperties(properties);
        // The logging of this JVM is whoever's this JVM is.
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        application.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(new Loopback()));
        return new LocalS3(application.run());
    }

    /** {@return where it answers, such as {@code http://127.0.0.1:40103}} */
    public URI getEndpoint() {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    /** {@return the port that S3Mock opens besides} */
    int getOtherPort() {
        return context.getBean(Connector.class).getLocalPort();
    }

    /** Stops the server. Buckets in a temporary folder are gone. */
    @Override
    public void close() {
        context.close();
    }

    /** S3Mock opens one more port, by itself on all interfaces. */
    private static final class Loopback implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof Connector connector) {
                connector.setProperty("address", LOOPBACK);
            }
            return bean;
        }
    }
}
