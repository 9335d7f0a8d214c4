package dev.ashlar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.bench.Bench.Wish;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    /** Each measures once, which is no measurement: it checks that both sides are alike, and that all of it runs. */
    @Test
    void theRowsThatNeedNothingElseRun() throws Exception {
        Inputs inputs = Inputs.createIn(folder);
        Workshop workshop = Workshop.of(Path.of(".."));
        List<Row> rows = List.of(
                new ConstructTime(inputs),
                new CallsIntoNode(inputs),
                new Routes(inputs),
                new SnapshotTests(workshop, inputs),
                new WarmUpCost());

        for (Row row : rows) {
            assertThat(row.measure(1).lines()).as(row.name()).isNotEmpty();
        }
    }

    @Test
    void measuresTheRowsThatAreNamed() {
        List<String> measured = new ArrayList<>();
        Bench bench = new Bench(List.of(row("synth", measured), row("growth", measured)), NOWHERE);

        bench.run(Wish.of(List.of("growth")));

        assertThat(measured).containsExactly("growth");
    }

    @Test
    void measuresAllRowsWithoutNames() {
        List<String> measured = new ArrayList<>();
        Bench bench = new Bench(List.of(row("synth", measured), row("growth", measured)), NOWHERE);

        assertThat(bench.run(Wish.of(List.of())).isComplete()).isTrue();
        assertThat(measured).containsExactly("synth", "growth");
    }

    @Test
    void onlyAllRowsAsTheyAreMeantMakeThePage() {
        assertThat(Wish.of(List.of())).isEqualTo(new Wish(List.of(), 0)).matches(Wish::isAll);
        assertThat(Wish.of(List.of("synth")))
                .isEqualTo(new Wish(List.of("synth"), 0))
                .matches(wish -> !wish.isAll());
        assertThat(Wish.of(List.of("--rounds", "3", "synth")))
                .isEqualTo(new Wish(List.of("synth"), 3))
                .matches(wish -> !wish.isAll());
        assertThat(Wish.of(List.of("--rounds", "3"))).matches(wish -> !wish.isAll());
    }

    @Test
    void aRowThatFailsDoesNotKeepTheOthersFromRunning() {
        List<String> measured = new ArrayList<>();
        Row broken = new NamedRow("broken", () -> {
            throw new IllegalStateException("both must be alike");
        });
        Bench bench = new Bench(List.of(broken, row("growth", measured)), NOWHERE);

        Results results = bench.run(Wish.of(List.of()));

        assertThat(results.isComplete()).isFalse();
        assertThat(measured).containsExactly("growth");
    }

    @Test
    void anUnknownRowIsAnErrorThatNamesTheOthers() {
        Bench bench = new Bench(List.of(row("synth", new ArrayList<>()), row("growth", new ArrayList<>())), NOWHERE);

        assertThatThrownBy(() -> bench.run(Wish.of(List.of("grwth"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row must be one of synth, growth, got grwth");
    }

    @Test
    void theRowsHaveNamesOfTheirOwn() throws Exception {
        assertThat(Bench.allRows(workshopIn(folder)).stream().map(Row::name)).doesNotHaveDuplicates();
    }

    @Test
    void findsTheLargestThatFits() {
        assertThat(Routes.largest(500, count -> count <= 164)).isEqualTo(164);
        assertThat(Routes.largest(500, count -> true)).isEqualTo(500);
        assertThat(Routes.largest(500, count -> false)).isZero();
    }

    @Test
    void anArtifactIsAFileWithoutItsVersion() {
        assertThat(Jars.artifact("aws-lambda-java-core-1.4.0.jar")).isEqualTo("aws-lambda-java-core");
        assertThat(Jars.artifact("ashlar-patterns-0.1.0-SNAPSHOT.jar")).isEqualTo("ashlar-patterns");
    }

    private static Workshop workshopIn(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("bench"));
        return Workshop.of(folder);
    }

    private static Row row(String name, List<String> measured) {
        return new NamedRow(name, () -> measured.add(name));
    }

    private record NamedRow(String name, Runnable action) implements Row {
        @Override
        public String title() {
            return "row " + name;
        }

        @Override
        public int rounds() {
            return 1;
        }

        @Override
        public Section measure(int rounds) {
            action.run();
            return new Section("", List.of(), List.of());
        }
    }
}
