package dev.ashlar.local;

/** Writes XML. */
final class Xml {

    private Xml() {}

    static String element(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }
}
