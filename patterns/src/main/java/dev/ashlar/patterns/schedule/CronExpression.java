package dev.ashlar.patterns.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cron expression as EventBridge Scheduler reads it: minutes, hours, day of month, month, day of week, year.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types in EventBridge
 *     Scheduler</a>
 */
final class CronExpression {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final Field MINUTES = new Field("minutes", 0, 59, 0, List.of());
    private static final Field HOURS = new Field("hours", 0, 23, 0, List.of());
    private static final Field DAY_OF_MONTH = new Field("day of month", 1, 31, 1, List.of());
    private static final Field MONTH = new Field("month", 1, 12, 1, MONTHS);
    private static final Field DAY_OF_WEEK = new Field("day of week", 1, 7, 1, DAYS);
    private static final Field YEAR = new Field("year", 1970, 2199, 1970, List.of());

    private static final Pattern NEAREST_WEEKDAY = Pattern.compile("([0-9]{1,2})W");
    private static final Pattern LAST_OF_MONTH = Pattern.compile("L(?:-[0-9]{1,2})?|LW");
    private static final Pattern LAST_OF_WEEKDAY = Pattern.compile("([A-Z0-9]{1,3})L");
    private static final Pattern NTH_OF_WEEKDAY = Pattern.compile("([A-Z0-9]{1,3})#([1-5])");
    private static final Pattern UNIX_NUMBER = Pattern.compile("\\d+");

    private static final int MINUTES_A_DAY = 24 * 60;

    private final BitSet minutes;
    private final BitSet hours;
    private final boolean isDaily;

    private CronExpression(BitSet minutes, BitSet hours, boolean isDaily) {
        this.minutes = minutes;
        this.hours = hours;
        this.isDaily = isDaily;
    }

    /** What is wrong with an expression, to stand behind "schedule must ". */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    private record Field(String name, int min, int max, int first, List<String> names) {}

    /**
     * Reads an expression.
     *
     * @param text what stands between the parentheses
     * @throws Unreadable if EventBridge Scheduler would not take it
     */
    static CronExpression of(String text) throws Unreadable {
        String[] fields = text.trim().toUpperCase(Locale.ROOT).split("\\s+");
        if (fields.length == 5) {
            throw new Unreadable(
                    "have six fields, minutes hours day-of-month month day-of-week year, got the five of Unix: cron(%s); write %s"
                            .formatted(text, fromUnix(fields)));
        }
        if (fields.length != 6) {
            throw new Unreadable("have six fields, minutes hours day-of-month month day-of-week year, got %d: cron(%s)"
                    .formatted(fields.length, text));
        }
        boolean anyDayOfMonth = fields[2].equals("?");
        boolean anyDayOfWeek = fields[4].equals("?");
        if (anyDayOfMonth == anyDayOfWeek) {
            throw new Unreadable(
                    "have a question mark for the day of month or for the day of week, and for one of them alone, got cron(%s)"
                            .formatted(text));
        }
        BitSet minutes = values(MINUTES, fields[0], text);
        BitSet hours = values(HOURS, fields[1], text);
        if (!anyDayOfMonth && !isSpecialDay(fields[2], text)) {
            values(DAY_OF_MONTH, fields[2], text);
        }
        BitSet months = values(MONTH, fields[3], text);
        if (!anyDayOfWeek && !isSpecialWeekday(fields[4], text)) {
            values(DAY_OF_WEEK, fields[4], text);
        }
        BitSet years = values(YEAR, fields[5], text);
        boolean isDaily = (anyDayOfMonth || fields[2].equals("*"))
                && (anyDayOfWeek || fields[4].equals("*"))
                && months.cardinality() == MONTHS.size()
                && years.cardinality() == YEAR.max - YEAR.min + 1;
        return new CronExpression(minutes, hours, isDaily);
    }

    /** The longest time between two runs in minutes, by a clock that is never set; empty if that is more than a day. */
    OptionalInt longestGapMinutes() {
        if (!isDaily) {
            return OptionalInt.empty();
        }
        int first = -1;
        int previous = -1;
        int longest = 0;
        for (int minute = 0; minute < MINUTES_A_DAY; minute++) {
            if (hours.get(minute / 60) && minutes.get(minute % 60)) {
                first = first < 0 ? minute : first;
                longest = previous < 0 ? longest : Math.max(longest, minute - previous);
                previous = minute;
            }
        }
        return OptionalInt.of(Math.max(longest, first + MINUTES_A_DAY - previous));
    }

    private static BitSet values(Field field, String text, String whole) throws Unreadable {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            String[] range = stepped[0].split("-", -1);
            boolean isWellFormed = stepped.length <= 2 && range.length <= 2;
            if (!isWellFormed) {
                throw unreadable(field, part, whole);
            }
            int from = stepped[0].equals("*") ? field.min : value(field, range[0], whole);
            int to = stepped[0].equals("*") || (stepped.length == 2 && range.length == 1)
                    ? field.max
                    : value(field, range[range.length - 1], whole);
            int step = stepped.length == 2 ? step(field, stepped[1], whole) : 1;
            if (from > to) {
                throw new Unreadable("have ranges that go upwards, got %s for the %s in cron(%s)"
                        .formatted(part, field.name, whole));
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private static int value(Field field, String text, String whole) throws Unreadable {
        int name = field.names.indexOf(text);
        if (name >= 0) {
            return name + field.first;
        }
        if (!UNIX_NUMBER.matcher(text).matches() || text.length() > 4) {
            throw unreadable(field, text, whole);
        }
        int value = Integer.parseInt(text);
        if (value < field.min || value > field.max) {
            throw new Unreadable("have a %s of %d to %d, got %d in cron(%s)"
                    .formatted(field.name, field.min, field.max, value, whole));
        }
        return value;
    }

    private static int step(Field field, String text, String whole) throws Unreadable {
        if (!UNIX_NUMBER.matcher(text).matches() || text.length() > 4 || Integer.parseInt(text) == 0) {
            throw unreadable(field, "/" + text, whole);
        }
        return Integer.parseInt(text);
    }

    private static Unreadable unreadable(Field field, String text, String whole) {
        return new Unreadable(
                "have a %s of numbers%s, ranges such as 1-5, lists such as 1,3 and steps such as */2, got \"%s\" in cron(%s)"
                        .formatted(field.name, field.names.isEmpty() ? "" : " or names", text, whole));
    }

    private static boolean isSpecialDay(String text, String whole) throws Unreadable {
        Matcher nearest = NEAREST_WEEKDAY.matcher(text);
        if (nearest.matches()) {
            value(DAY_OF_MONTH, nearest.group(1), whole);
            return true;
        }
        return LAST_OF_MONTH.matcher(text).matches();
    }

    private static boolean isSpecialWeekday(String text, String whole) throws Unreadable {
        for (Pattern pattern : List.of(LAST_OF_WEEKDAY, NTH_OF_WEEKDAY)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                value(DAY_OF_WEEK, matcher.group(1), whole);
                return true;
            }
        }
        return text.equals("L");
    }

    /** The same in AWS's form, as far as it can be said: Unix counts weekdays from 0, and runs if either day fits. */
    private static String fromUnix(String[] fields) {
        boolean anyDay = fields[2].equals("*");
        boolean anyWeekday = fields[4].equals("*");
        String day = anyWeekday ? fields[2] : "?";
        String weekday = anyWeekday ? "?" : weekdays(fields[4]);
        String days = "cron(%s %s %s %s %s *)".formatted(fields[0], fields[1], day, fields[3], weekday);
        return anyDay || anyWeekday
                ? days
                : "two schedules, cron(%s %s %s %s ? *) and %s"
                        .formatted(fields[0], fields[1], fields[2], fields[3], days);
    }

    private static String weekdays(String text) {
        StringBuilder names = new StringBuilder();
        // A step behind a slash is no day.
        Matcher numbers = Pattern.compile("(?<!/)(?<![0-9])[0-7](?![0-9])").matcher(text);
        while (numbers.find()) {
            numbers.appendReplacement(names, DAYS.get(Integer.parseInt(numbers.group()) % 7));
        }
        return numbers.appendTail(names).toString();
    }
}
