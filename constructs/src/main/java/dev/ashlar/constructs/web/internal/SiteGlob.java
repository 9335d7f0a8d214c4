package dev.ashlar.constructs.web.internal;

import java.util.regex.Pattern;

/** Globs as the AWS CLI has them: a star stands for any characters, slashes too. */
final class SiteGlob {
    private static final Pattern SPECIAL = Pattern.compile("[\\[*?]");

    private SiteGlob() {}

    /** A text as a glob that holds for it alone. */
    static String literal(String text) {
        return SPECIAL.matcher(text).replaceAll("[$0]");
    }

    /** A glob whose brackets stand for themselves. */
    static String withoutSets(String glob) {
        return glob.replace("[", "[[]");
    }

    /** Whether a glob holds for a name; of sets it knows those that {@link #literal} makes. */
    static boolean matches(String glob, String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '[' && i + 2 < glob.length() && glob.charAt(i + 2) == ']') {
                regex.append(Pattern.quote(glob.substring(i + 1, i + 2)));
                i += 2;
            } else {
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
