package dev.ashlar.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. */
final class Browser implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Optional<Path> CHROMIUM = find("chromium", "chromium-browser", "google-chrome");
    private static final Optional<Path> DRIVER = find("chromedriver");

    /** Selenium warns that it has no classes for the newest protocol of Chromium, of which nothing is used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the tests where there is no browser; fails them where CI is set, which must have one. */
    static void assumeThereIsOne() {
        boolean isThere = CHROMIUM.isPresent() && DRIVER.isPresent();
        String missing = "Chromium and ChromeDriver are not in PATH: apt-get install chromium chromium-driver";
        if (!isThere && System.getenv("CI") != null) {
            throw new AssertionError(missing);
        }
        assumeTrue(isThere, missing);
    }

    /**
     * Starts the browser.
     *
     * @param profile an empty directory
     */
    static Browser start(Path profile) {
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.orElseThrow().toString());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /**
     * Sets what is looked at.
     *
     * @param width in pixels of the page
     * @param scale how many pixels of a picture are one of the page
     */
    void show(int width, int height, double scale, boolean isPhone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", isPhone));
    }

    void preferDark() {
        Map<String, Object> dark = Map.of("name", "prefers-color-scheme", "value", "dark");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(dark)));
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    void type(String selector, String text) {
        driver.findElement(By.cssSelector(selector)).sendKeys(text);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Waits for a text. */
    void awaitText(String selector, String text) {
        await(text)
                .atMost(SOON)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> driver.findElements(By.cssSelector(selector)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    /** {@return how wide the page is, with what lies beside the window} */
    int contentWidth() {
        Object width = driver.executeScript("return document.documentElement.scrollWidth");
        return ((Number) Objects.requireNonNull(width)).intValue();
    }

    /** {@return warnings and errors of the console since the last time} */
    List<String> takeComplaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** {@return what is seen, as PNG} */
    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<Path> find(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        String suffix = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows") ? ".exe" : "";
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name + suffix)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
