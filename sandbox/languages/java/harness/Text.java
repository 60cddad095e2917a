package harness;

import java.nio.charset.StandardCharsets;

/** Texts as bytes and as JSON, all of which is ASCII. */
final class Text {
    private static final String HEX = "0123456789abcdef";

    private Text() {}

    static byte[] encoded(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String decoded(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Writes a text that may hold halves of surrogate pairs; they are replaced. */
    static void write(StringBuilder out, String text) {
        append(out, text, true);
    }

    /** Writes a text, or is false where it holds half of a surrogate pair, which is no text. */
    static boolean writeWhole(StringBuilder out, String text) {
        return append(out, text, false);
    }

    private static boolean append(StringBuilder out, String text, boolean mend) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter >= ' ' && letter <= '~') {
                if (letter == '"' || letter == '\\') out.append('\\');
                out.append(letter);
            } else if (!Character.isSurrogate(letter)) {
                unit(out, letter);
            } else if (Character.isHighSurrogate(letter) && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                unit(out, letter);
                unit(out, text.charAt(++at));
            } else if (mend) {
                unit(out, '\ufffd');
            } else {
                return false;
            }
        }
        out.append('"');
        return true;
    }

    private static void unit(StringBuilder out, char letter) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) out.append(HEX.charAt(letter >> shift & 15));
    }

    static String shortened(String text, int most) {
        if (text.length() <= most) return text;
        return text.substring(0, most / 2) + " … " + text.substring(text.length() - most / 2);
    }
}
