package dev.ashlar.test;

import dev.ashlar.test.Trials.Accepted;
import dev.ashlar.test.Trials.Broken;
import dev.ashlar.test.Trials.Outcome;
import dev.ashlar.test.Trials.Refused;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calls a builder's setters by chance: any of them, in any order, again too, with values of all kinds. */
final class Sequences {
    private static final int MAX_CALLS = 8;

    private final Options options;
    private final Trials trials;
    private final long seed;
    private final int count;

    Sequences(Options options, Trials trials, long seed, int count) {
        this.options = options;
        this.trials = trials;
        this.seed = seed;
        this.count = count;
    }

    /** {@return what went wrong, once each, with the calls that show it} */
    List<String> findings() {
        Values pool = new Values(options);
        List<Method> setters = List.copyOf(trials.setters().values());
        Random random = new Random(seed);
        Map<String, String> findings = new LinkedHashMap<>();
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < count; i++) {
            List<Call> calls = calls(setters, pool, random);
            Outcome outcome = trials.run(calls);
            if (outcome instanceof Accepted) {
                accepted++;
            } else if (outcome instanceof Refused) {
                refused++;
            } else if (outcome instanceof Broken broken && !findings.containsKey(broken.problem())) {
                findings.put(broken.problem(), trials.java(trials.fewest(calls, broken::equals)));
            }
        }
        System.out.println("Sequences of calls of " + trials + ": " + count + " with seed " + seed + ", " + accepted
                + " accepted, " + refused + " refused");
        return findings.entrySet().stream()
                .map(finding -> finding.getKey() + "\n" + finding.getValue())
                .toList();
    }

    private List<Call> calls(List<Method> setters, Values pool, Random random) {
        List<Call> calls = new ArrayList<>();
        boolean complete = random.nextInt(10) > 0;
        for (String name : options.required()) {
            setters.stream()
                    .filter(method -> complete && method.getName().equals(name))
                    .findFirst()
                    .ifPresent(method -> calls.add(pool.some(method).get(0)));
        }
        int more = 1 + random.nextInt(MAX_CALLS);
        for (int i = 0; i < more; i++) {
            pool.any(setters.get(random.nextInt(setters.size())), random).ifPresent(calls::add);
        }
        return calls;
    }
}
