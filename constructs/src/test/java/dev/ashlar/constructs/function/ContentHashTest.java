package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Stack;

class ContentHashTest {
    @TempDir
    private Path directory;

    @Test
    void isTheSameWhateverTheTimesAndTheOrderOfEntries() throws IOException {
        byte[] first = zip(1_000_000_000_000L, "a.txt", "alpha", "b.txt", "beta");
        byte[] second = zip(1_700_000_000_000L, "b.txt", "beta", "a.txt", "alpha");

        assertThat(hashOfJar(first)).isEqualTo(hashOfJar(second));
    }

    @Test
    void isTheSameForJarsInsideJars() throws IOException {
        byte[] first = zip(1, Map.of("lib/inner.jar", zip(1_000_000_000_000L, "a.txt", "alpha")));
        byte[] second = zip(1, Map.of("lib/inner.jar", zip(1_700_000_000_000L, "a.txt", "alpha")));
        byte[] other = zip(1, Map.of("lib/inner.jar", zip(1_700_000_000_000L, "a.txt", "omega")));

        assertThat(hashOfJar(first)).isEqualTo(hashOfJar(second)).isNotEqualTo(hashOfJar(other));
    }

    @Test
    void isTheSameForADirectoryThatWasCopied() throws IOException {
        Path first = write("first", "shop/Notes.class", "alpha", FileTime.fromMillis(1_000_000_000_000L));
        Path second = write("second", "shop/Notes.class", "alpha", FileTime.fromMillis(1_700_000_000_000L));

        assertThat(hash(first)).isEqualTo(hash(second));
    }

    @Test
    void differsWithNamesAndBytes() throws IOException {
        FileTime time = FileTime.fromMillis(1);
        String hash = hash(write("first", "shop/Notes.class", "alpha", time));

        assertThat(hash(write("second", "shop/Notes.class", "omega", time))).isNotEqualTo(hash);
        assertThat(hash(write("third", "shop/Other.class", "alpha", time))).isNotEqualTo(hash);
    }

    @Test
    void differsWithWhatLambdaMayExecute() throws IOException {
        Path first = write("first", "bootstrap", "#!/bin/sh", FileTime.fromMillis(1));
        Path second = write("second", "bootstrap", "#!/bin/sh", FileTime.fromMillis(1));

        assertThat(second.resolve("bootstrap").toFile().setExecutable(true)).isTrue();

        assertThat(hash(first)).isNotEqualTo(hash(second));
    }

    @ParameterizedTest
    @CsvSource({
        "git.properties, commit=1, commit=2",
        "BOOT-INF/classes/git.properties, commit=1, commit=2",
        "META-INF/build-info.properties, time=1, time=2",
        "META-INF/MANIFEST.MF, Build-Time: 1, Build-Time: 2",
        "META-INF/MANIFEST.MF, Built-By: ann, Built-By: bob",
        "META-INF/maven/shop/notes/pom.properties, #Mon Jan 01, #Tue Jan 02"
    })
    void leavesOutWhatBuildsStamp(String name, String first, String second) throws IOException {
        byte[] before = zip(1, "a.txt", "alpha", name, first);
        byte[] after = zip(1, "a.txt", "alpha", name, second);

        assertThat(hashOfJar(before)).isEqualTo(hashOfJar(after));
    }

    @ParameterizedTest
    @CsvSource({
        "my-git.properties, commit=1, commit=2",
        "META-INF/MANIFEST.MF, Main-Class: a.A, Main-Class: b.B",
        "META-INF/maven/shop/notes/pom.properties, version=1, version=2"
    })
    void keepsWhatTheCodeMayRead(String name, String first, String second) throws IOException {
        byte[] before = zip(1, "a.txt", "alpha", name, first);
        byte[] after = zip(1, "a.txt", "alpha", name, second);

        assertThat(hashOfJar(before)).isNotEqualTo(hashOfJar(after));
    }

    @Test
    void takesWhatIsOnlyNamedLikeAnArchiveAsAFile() throws IOException {
        FileTime time = FileTime.fromMillis(1);
        String hash = hash(write("first", "data/old.zip", "no zip", time));

        assertThat(hash(write("second", "data/old.zip", "no zip either", time))).isNotEqualTo(hash);
    }

    @Test
    void rejectsWhatHoldsNothing() {
        assertThatThrownBy(() -> hash(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must hold files, got " + directory + ", which is empty; build it first");
    }

    private String hashOfJar(byte[] jar) throws IOException {
        return hash(Files.write(directory.resolve("code.jar"), jar));
    }

    private static String hash(Path path) {
        return BuiltCode.at(path, Check.of(new Stack(TestApp.create(), "Shop")))
                .hashes()
                .all();
    }

    private Path write(String folder, String name, String content, FileTime time) throws IOException {
        Path root = directory.resolve(folder);
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, time);
        return root;
    }

    private static byte[] zip(long time, String... namesAndContents) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            entries.put(namesAndContents[i], namesAndContents[i + 1].getBytes(UTF_8));
        }
        return zip(time, entries);
    }

    private static byte[] zip(long time, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTime(time);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
