package harness;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a compilation leaves for the cases: the signature, the program's text, and its classes by name. */
record Artifact(String signature, String source, Map<String, byte[]> classes) {
    static Artifact read(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        String signature = Text.decoded(part(in));
        String source = Text.decoded(part(in));
        Map<String, byte[]> classes = new LinkedHashMap<>();
        while (in.hasRemaining()) classes.put(Text.decoded(part(in)), part(in));
        return new Artifact(signature, source, classes);
    }

    private static byte[] part(ByteBuffer in) {
        byte[] found = new byte[in.getInt()];
        in.get(found);
        return found;
    }

    byte[] written() {
        byte[] head = Text.encoded(signature);
        byte[] text = Text.encoded(source);
        int length = 8 + head.length + text.length;
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
            length += 8 + Text.encoded(one.getKey()).length + one.getValue().length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        put(out, head);
        put(out, text);
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
            put(out, Text.encoded(one.getKey()));
            put(out, one.getValue());
        }
        return out.array();
    }

    private static void put(ByteBuffer out, byte[] part) {
        out.putInt(part.length).put(part);
    }
}
