package harness;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes an answer as JSON, by what it is and not by what was declared; all of it is ASCII. */
final class Answer {
    private static final int MOST_DEPTH = 200;
    /** Python, which reads it, takes no longer numbers. */
    private static final int MOST_BITS = 14_000;

    private final StringBuilder out;

    private Answer(StringBuilder out) {
        this.out = out;
    }

    /** Writes it behind what is there. Whatever a strange object throws while it is read, it is no value then. */
    static void write(StringBuilder out, Object value, Type type) throws NoValue {
        try {
            new Answer(out).any(value, type, 0);
        } catch (NoValue error) {
            throw error;
        } catch (Throwable hostile) {
            if (Failure.isOutOfMemory(hostile)) throw (OutOfMemoryError) new OutOfMemoryError().initCause(hostile);
            throw new NoValue(Failure.nameOf(value.getClass()));
        }
    }

    private void any(Object value, Type type, int depth) throws Exception {
        Type wanted = type.isOptional() ? type.of() : type;
        if (wanted.isNode()) node(value, wanted, depth);
        else plain(value, wanted, depth);
    }

    private void plain(Object value, Type type, int depth) throws Exception {
        if (value == null) out.append("null");
        else if (value instanceof Boolean is) out.append(is.booleanValue());
        else if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            out.append(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) number(((Number) value).doubleValue());
        else if (value.getClass() == BigInteger.class) digits((BigInteger) value);
        else if (value instanceof String text) text(text);
        else held(value, type, depth);
    }

    private void held(Object value, Type type, int depth) throws Exception {
        String name = Failure.nameOf(value.getClass());
        if (depth > MOST_DEPTH) throw new NoValue(name + " nested more than " + MOST_DEPTH + " deep");
        if (value instanceof List<?> list) items(list, name, type.partOf("list"), depth);
        else if (value instanceof Object[] array) items(array, name, type.partOf("list"), depth);
        else if (value instanceof Map<?, ?> map) entries(map, name, type.partOf("dict"), depth);
        else if (!packed(value)) throw new NoValue(name);
    }

    private void number(double value) {
        if (Double.isNaN(value)) out.append("NaN");
        else if (Double.isInfinite(value)) out.append(value > 0 ? "Infinity" : "-Infinity");
        else out.append(value);
    }

    private void digits(BigInteger value) throws NoValue {
        if (value.bitLength() > MOST_BITS) throw new NoValue("BigInteger of more than 4,000 digits");
        out.append(value);
    }

    private void text(String text) throws NoValue {
        if (!Text.writeWhole(out, text)) {
            throw new NoValue("String with half of a surrogate pair, which is no text");
        }
    }

    private void items(Iterable<?> items, String name, Type part, int depth) throws Exception {
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) out.append(',');
            first = false;
            inside(item, name, part, depth);
        }
        out.append(']');
    }

    private void items(Object[] items, String name, Type part, int depth) throws Exception {
        out.append('[');
        for (int at = 0; at < items.length; at++) {
            if (at > 0) out.append(',');
            inside(items[at], name, part, depth);
        }
        out.append(']');
    }

    private void entries(Map<?, ?> map, String name, Type part, int depth) throws Exception {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                String found = entry.getKey() == null ? "null" : Failure.nameOf(entry.getKey().getClass());
                throw new NoValue(name + " with keys of type " + found);
            }
            if (!first) out.append(',');
            first = false;
            text(key);
            out.append(':');
            inside(entry.getValue(), name, part, depth);
        }
        out.append('}');
    }

    private boolean packed(Object value) {
        int start = out.append('[').length();
        if (value instanceof long[] items) for (long item : items) out.append(item).append(',');
        else if (value instanceof int[] items) for (int item : items) out.append(item).append(',');
        else if (value instanceof boolean[] items) for (boolean item : items) out.append(item).append(',');
        else if (value instanceof double[] items) {
            for (double item : items) {
                number(item);
                out.append(',');
            }
        } else {
            return false;
        }
        if (out.length() > start) out.setLength(out.length() - 1);
        out.append(']');
        return true;
    }

    private void inside(Object value, String name, Type part, int depth) throws Exception {
        try {
            any(value, part, depth + 1);
        } catch (NoValue error) {
            throw error.inside(name);
        }
    }

    private void node(Object value, Type type, int depth) throws Exception {
        out.append('[');
        if (value != null) {
            Nodes nodes = Nodes.of(type, value.getClass());
            if (nodes == null) throw new NoValue(Failure.nameOf(value.getClass()));
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            if (type.isListNode()) chain(value, nodes, seen, depth);
            else levels(value, nodes, seen, depth);
        }
        out.append(']');
    }

    private void chain(Object head, Nodes nodes, Set<Object> seen, int depth) throws Exception {
        for (Object node = head; node != null; node = nodes.linkOf(node, 0)) {
            if (!seen.add(node)) throw new NoValue("linked list that runs in a circle");
            if (node != head) out.append(',');
            inside(nodes.valueOf(node), "ListNode", Type.ANY, depth);
        }
    }

    /** Level by level. Absent nodes are written when one follows that is there. */
    private void levels(Object root, Nodes nodes, Set<Object> seen, int depth) throws Exception {
        Object[] level = {root};
        int absent = 0;
        while (level.length > 0) {
            Object[] next = new Object[2 * level.length];
            int found = 0;
            for (Object node : level) {
                if (node == null) {
                    absent++;
                    continue;
                }
                if (!seen.add(node)) throw new NoValue("tree in which a node is reached twice");
                for (; absent > 0; absent--) out.append(",null");
                if (node != root) out.append(',');
                inside(nodes.valueOf(node), "TreeNode", Type.ANY, depth);
                next[found++] = nodes.linkOf(node, 0);
                next[found++] = nodes.linkOf(node, 1);
            }
            level = Arrays.copyOf(next, found);
        }
    }
}
