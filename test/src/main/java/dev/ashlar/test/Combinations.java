package dev.ashlar.test;

import dev.ashlar.test.Trials.Accepted;
import dev.ashlar.test.Trials.Broken;
import dev.ashlar.test.Trials.Outcome;
import dev.ashlar.test.Trials.Refused;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tries each value of each option alone, then all pairs of those that are accepted, many pairs at once.
 *
 * <p>A set of options that is refused is reduced to those that matter, which are kept apart from then on. So each pair
 * ends in a set that is accepted, or is refused by itself.
 */
final class Combinations {
    /** How many values of an option are combined with others: those that make different templates. */
    private static final int LEVELS = 2;

    private final Options options;
    private final Trials trials;
    private final Random random;
    private final Map<String, List<Call>> values = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Call> required = new LinkedHashMap<>();
    private int accepted;
    private int refused;

    /** A value of an option, with the calls that it cannot do without. */
    private record Level(String option, Call call, List<Call> support) {}

    private final List<Level> levels = new ArrayList<>();
    private final Set<Set<Level>> conflicts = new LinkedHashSet<>();

    Combinations(Options options, Trials trials, long seed) {
        this.options = options;
        this.trials = trials;
        this.random = new Random(seed);
        Values pool = new Values(options);
        trials.setters().forEach((signature, method) -> {
            List<Call> calls = pool.some(method);
            if (calls.isEmpty()) {
                findings.add("no values for " + signature);
            } else {
                values.put(signature, calls);
            }
        });
        for (String name : options.required()) {
            values.values().stream()
                    .map(calls -> calls.get(0))
                    .filter(call -> call.method().getName().equals(name))
                    .findFirst()
                    .ifPresentOrElse(call -> required.put(name, call), () -> findings.add("no values for " + name));
        }
    }

    /** {@return what went wrong, with the calls that show it} */
    List<String> findings() {
        if (!findings.isEmpty()) {
            return findings;
        }
        alone();
        int pairs = findings.isEmpty() ? inPairs() : 0;
        System.out.println("Combinations of " + trials + ": " + values.size() + " options with "
                + values.values().stream().mapToInt(List::size).sum() + " values, " + pairs + " pairs of "
                + levels.size()
                + ", " + conflicts.size() + " kinds of them refused, in " + trials.count() + " stacks: " + accepted
                + " accepted, " + refused + " refused");
        return findings;
    }

    private void alone() {
        Outcome base = run(List.of());
        if (!(base instanceof Accepted minimal)) {
            findings.add("what is required must be accepted, got " + base + "\n" + trials.java(with(List.of())));
            return;
        }
        values.forEach((option, calls) -> {
            Set<Object> templates = new LinkedHashSet<>();
            nothing(calls.get(0).method(), minimal);
            for (Call call : calls) {
                Level level = level(option, call);
                if (level == null) {
                    continue;
                }
                Accepted without = level.support().isEmpty()
                        ? minimal
                        : run(level.support()) instanceof Accepted supported ? supported : minimal;
                List<Call> all = new ArrayList<>(level.support());
                all.add(call);
                if (run(all) instanceof Accepted with) {
                    checkEffect(call, all, with, without);
                    if (templates.size() < LEVELS && templates.add(with.template())) {
                        levels.add(level);
                    }
                }
            }
        });
    }

    private void checkEffect(Call call, List<Call> all, Accepted with, Accepted without) {
        boolean customizes = List.of(call.method().getParameterTypes()).contains(Consumer.class);
        if (!customizes
                && with.template().equals(without.template())
                && !call.java().equals(requiredJava(call))
                && !options.mayBeWithoutEffect(call.java())) {
            findings.add("no effect of " + call.java() + "\n" + trials.java(with(all)));
        }
    }

    private String requiredJava(Call call) {
        Call usual = required.get(call.method().getName());
        return usual == null ? "" : usual.java();
    }

    /** Null must mean the default, or be refused. */
    private void nothing(Method method, Accepted minimal) {
        if (method.getParameterCount() != 1
                || method.getParameterTypes()[0].isPrimitive()
                || required.containsKey(method.getName())) {
            return;
        }
        Call call = new Call(method, List.of(Value.nothing(method.getParameterTypes()[0])));
        if (run(List.of(call)) instanceof Accepted with && !with.template().equals(minimal.template())) {
            findings.add("null must mean the default, got another template\n" + trials.java(with(List.of(call))));
        }
    }

    /** {@return the value with what it needs besides, as the refusal says; null if it is refused all the same} */
    private @Nullable Level level(String option, Call call) {
        Outcome alone = run(List.of(call));
        if (alone instanceof Accepted) {
            return new Level(option, call, List.of());
        }
        if (alone instanceof Refused no) {
            for (Map.Entry<String, List<Call>> other : values.entrySet()) {
                Call help = other.getValue().get(0);
                if (!other.getKey().equals(option)
                        && names(no.message(), help.method().getName())
                        && run(List.of(help, call)) instanceof Accepted) {
                    return new Level(option, call, List.of(help));
                }
            }
        }
        return null;
    }

    private static boolean names(String message, String option) {
        return Pattern.compile("\\b" + option + "\\b").matcher(message).find();
    }

    private int inPairs() {
        Set<Set<Level>> open = new LinkedHashSet<>();
        for (Level one : levels) {
            for (Level other : levels) {
                if (one.option().compareTo(other.option()) < 0) {
                    open.add(Set.of(one, other));
                }
            }
        }
        int pairs = open.size();
        Set<Set<Level>> tried = new HashSet<>();
        while (!open.isEmpty()) {
            Set<Level> pair = open.iterator().next();
            Set<Level> set = tried.add(pair) ? setAround(pair, open) : pair;
            Outcome outcome = run(calls(set));
            if (outcome instanceof Accepted) {
                open.removeIf(set::containsAll);
            } else {
                if (set.equals(pair)) {
                    open.remove(pair);
                    conflicts.add(pair);
                } else if (outcome instanceof Refused no) {
                    Set<Level> conflict = reduced(set, no);
                    conflicts.add(conflict);
                    open.remove(conflict);
                } else {
                    // It is reported: go on without.
                    open.remove(pair);
                    conflicts.add(set);
                }
            }
        }
        return pairs;
    }

    /** {@return a set with a pair in it, and as many others as go together, those first that are in most open pairs} */
    private Set<Level> setAround(Set<Level> pair, Set<Set<Level>> open) {
        Set<Level> set = new LinkedHashSet<>(pair);
        List<Level> others = new ArrayList<>(levels);
        Collections.shuffle(others, random);
        boolean grown = true;
        while (grown) {
            grown = false;
            Level best = null;
            long most = 0;
            for (Level candidate : others) {
                if (fits(candidate, set)) {
                    long gain = set.stream()
                            .filter(each -> open.contains(unordered(candidate, each)))
                            .count();
                    if (gain > most) {
                        most = gain;
                        best = candidate;
                    }
                }
            }
            if (best != null) {
                set.add(best);
                grown = true;
            }
        }
        return set;
    }

    private static Set<Level> unordered(Level one, Level other) {
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }

    private boolean fits(Level candidate, Set<Level> set) {
        if (set.stream().anyMatch(each -> each.option().equals(candidate.option()))) {
            return false;
        }
        Set<Level> with = new LinkedHashSet<>(set);
        with.add(candidate);
        return conflicts.stream().noneMatch(with::containsAll);
    }

    /** {@return the fewest of a set that are refused for the same reason} */
    private Set<Level> reduced(Set<Level> set, Refused no) {
        Set<Level> named = new LinkedHashSet<>(set);
        named.removeIf(each -> !names(no.message(), each.call().method().getName()));
        Set<Level> start = named.size() < set.size() && isSame(run(calls(named)), no) ? named : set;
        List<Level> fewest = new ArrayList<>(start);
        for (int part = fewest.size() / 2; part > 0; part /= 2) {
            for (int from = 0; from < fewest.size() && fewest.size() - part > 1; ) {
                List<Level> less = new ArrayList<>(fewest);
                less.subList(from, Math.min(from + part, less.size())).clear();
                if (isSame(run(calls(less)), no)) {
                    fewest = less;
                } else {
                    from += part;
                }
            }
        }
        return new LinkedHashSet<>(fewest);
    }

    private static boolean isSame(Outcome outcome, Refused no) {
        return outcome instanceof Refused other && reason(other).equals(reason(no));
    }

    private static String reason(Refused no) {
        return no.message().replaceFirst("\\bmust\\b.*", "");
    }

    private static List<Call> calls(Collection<Level> set) {
        Map<String, Call> calls = new LinkedHashMap<>();
        // What supports one value gives way to a value of its own.
        set.forEach(level -> level.support().forEach(call -> calls.putIfAbsent(key(call), call)));
        set.forEach(level -> calls.put(key(level.call()), level.call()));
        return List.copyOf(calls.values());
    }

    private static String key(Call call) {
        return ConstructShape.signature(call.method());
    }

    private Outcome run(List<Call> calls) {
        List<Call> all = with(calls);
        Outcome outcome = trials.run(all);
        if (outcome instanceof Accepted) {
            accepted++;
        } else if (outcome instanceof Refused) {
            refused++;
        } else if (outcome instanceof Broken broken
                && findings.stream().noneMatch(known -> known.startsWith(broken.problem()))) {
            findings.add(broken.problem() + "\n" + trials.java(trials.fewest(all, broken::equals)));
        }
        return outcome;
    }

    /** {@return calls, with those that are required before them where there are none of the same name} */
    private List<Call> with(List<Call> calls) {
        List<Call> all = new ArrayList<>();
        required.forEach((name, call) -> {
            if (calls.stream().noneMatch(each -> each.method().getName().equals(name))) {
                all.add(call);
            }
        });
        all.addAll(calls);
        return all;
    }
}
