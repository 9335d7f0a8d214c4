package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells what conditions leave of those whom a statement names.
 *
 * <p>A condition holds if all of its operators and keys do, and a key if one of its values does: so one key is enough
 * that confines, with all of its values. It must fail where the request has no such key: {@code IfExists} and {@code
 * ForAllValues} do not, unless {@code Null} asks for the key.
 */
final class Confinement {
    private static final Set<String> POSITIVE =
            Set.of("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "bool");
    private static final String IF_EXISTS = "ifexists";
    private static final String FOR_ALL = "forallvalues:";
    private static final String FOR_ANY = "foranyvalue:";

    /** Who calls, or for whom a service does. */
    private static final Set<String> CALLER_ACCOUNTS =
            Set.of("aws:sourceaccount", "aws:sourceowner", "aws:principalaccount", "kms:calleraccount");

    private static final Set<String> CALLER_ARNS =
            Set.of("aws:sourcearn", "aws:principalarn", "lambda:sourcefunctionarn");

    /** Of the calls of services: whose data it is about. Anybody else may say what he likes. */
    private static final String ENCRYPTION_CONTEXT = "kms:encryptioncontext:aws:";

    private static final String TOKEN = "lambda:eventsourcetoken";

    /** By which way somebody comes. An id of a network is taken for the account's own: it does not say whose it is. */
    private static final Set<String> NETWORKS = Set.of("aws:sourcevpc", "aws:sourcevpce");

    private static final Set<String> DOOR_ACCOUNTS = Set.of("aws:vpceaccount", "s3:dataaccesspointaccount");
    private static final String DOOR_ARN = "s3:dataaccesspointarn";
    private static final String MOUNT_TARGET = "elasticfilesystem:accessedviamounttarget";

    /** A pattern of a subject that ends only behind a delimiter, after two parts: {@code repo:shop/*}. */
    private static final Pattern SUBJECT = Pattern.compile("[^:/]+[:/]+[^:/]+(?:.*[^:/])?[:/]");

    /** Claims that say for whom a token was made, or how somebody signed in, but not who it is. */
    private static final Set<String> SHARED_CLAIMS = Set.of("aud", "amr", "app_id");

    private final OwnAccount own;

    Confinement(OwnAccount own) {
        this.own = own;
    }

    /** {@return whether only principals of the account are left, or only what is done for the account} */
    boolean ofCallers(JsonNode condition) {
        return any(condition, this::isOwnCaller);
    }

    /** {@return whether a service is left only with what it does for the account} */
    boolean ofServices(JsonNode condition) {
        return any(
                condition,
                (test, value) -> isOwnCaller(test, value)
                        || (test.key().startsWith(ENCRYPTION_CONTEXT) && own.owns(value, test.acrossParts()))
                        || (test.key().equals(TOKEN) && !OwnAccount.hasWildcard(value)));
    }

    /** {@return whether only principals of the account are left, or those that come by its network or access points} */
    boolean ofAnyone(JsonNode condition) {
        return any(condition, (test, value) -> isOwnCaller(test, value) || isOwnDoor(test, value));
    }

    /**
     * Tells whether an identity provider is left with those that a claim names.
     *
     * @param shared whether applications of all accounts use the provider, which then names the application by its
     *     audience
     */
    boolean ofSubjects(JsonNode condition, boolean shared) {
        return any(condition, (test, value) -> isClaim(test.key(), shared) && isFixed(value));
    }

    private boolean isOwnCaller(Test test, String value) {
        return (CALLER_ACCOUNTS.contains(test.key()) && own.isAccount(value))
                || (CALLER_ARNS.contains(test.key()) && own.owns(value, test.acrossParts()));
    }

    private boolean isOwnDoor(Test test, String value) {
        return (NETWORKS.contains(test.key()) && !OwnAccount.hasWildcard(value))
                || (DOOR_ACCOUNTS.contains(test.key()) && own.isAccount(value))
                || (test.key().equals(DOOR_ARN) && own.owns(value, test.acrossParts()))
                || (test.key().equals(MOUNT_TARGET) && value.equals("true"));
    }

    private static boolean isClaim(String key, boolean shared) {
        String claim = key.substring(key.lastIndexOf(':') + 1);
        boolean ofProvider = key.contains(":") && !key.startsWith("aws:") && !key.startsWith("sts:");
        return ofProvider && (shared ? !claim.equals("amr") : !SHARED_CLAIMS.contains(claim));
    }

    private static boolean isFixed(String value) {
        int wildcard = Stream.of(value.indexOf('*'), value.indexOf('?'))
                .filter(index -> index >= 0)
                .min(Integer::compare)
                .orElse(-1);
        return wildcard < 0
                ? !value.isEmpty()
                : SUBJECT.matcher(value.substring(0, wildcard)).matches();
    }

    /** One operator and key of a condition, in small letters, as both are read. */
    private record Test(String operator, String key) {
        boolean acrossParts() {
            return operator.startsWith("string");
        }
    }

    private static boolean any(JsonNode condition, BiPredicate<Test, String> confines) {
        return condition.properties().stream()
                .anyMatch(operator -> operator.getValue().properties().stream()
                        .anyMatch(key -> confines(condition, operator.getKey(), key, confines)));
    }

    private static boolean confines(
            JsonNode condition, String operator, Map.Entry<String, JsonNode> key, BiPredicate<Test, String> confines) {
        String name = operator.toLowerCase(Locale.ROOT);
        boolean optional = name.endsWith(IF_EXISTS) || name.startsWith(FOR_ALL);
        Test test = new Test(
                name.replace(FOR_ALL, "").replace(FOR_ANY, "").replace(IF_EXISTS, ""),
                key.getKey().toLowerCase(Locale.ROOT));
        return POSITIVE.contains(test.operator())
                && (!optional || isRequired(condition, test.key()))
                && PolicyReader.each(key.getValue()).allMatch(value -> confines.test(test, value.asText()));
    }

    private static boolean isRequired(JsonNode condition, String key) {
        return condition.path("Null").properties().stream()
                .anyMatch(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(key)
                        && entry.getValue().asText().equals("false"));
    }
}
