package harness;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;

/** How nodes of a class are made and read: any class with the fields serves, that of the image or one of the program. */
final class Nodes {
    private final Field value;
    private final Field[] links;

    private Nodes(Field value, Field[] links) {
        this.value = value;
        this.links = links;
    }

    /** The fields of this class, or null where it lacks one. */
    static Nodes of(Type type, Class<?> kind) {
        String[] names = type.isListNode() ? new String[] {"next"} : new String[] {"left", "right"};
        Field value = field(kind, "value");
        Field[] links = new Field[names.length];
        for (int at = 0; at < names.length; at++) {
            links[at] = field(kind, names[at]);
            if (links[at] == null) return null;
        }
        return value == null ? null : new Nodes(value, links);
    }

    Object valueOf(Object node) throws IllegalAccessException {
        return value.get(node);
    }

    Object linkOf(Object node, int at) throws IllegalAccessException {
        return links[at].get(node);
    }

    static Reader reader(Type type, Class<?> kind) {
        Nodes nodes = kind.isPrimitive() || kind.isArray() ? null : of(type, kind);
        if (nodes == null || nodes.isFixed()) return null;
        Reader values = Reader.of(Type.INT, nodes.value.getGenericType());
        for (Field link : nodes.links) if (!link.getType().isAssignableFrom(kind)) return null;
        Constructor<?> constructor = shortest(kind);
        if (values == null || constructor == null) return null;
        Maker maker = new Maker(nodes, constructor, values);
        return type.isListNode() ? new Chains(maker) : new Levels(maker);
    }

    private boolean isFixed() {
        boolean fixed = Modifier.isFinal(value.getModifiers());
        for (Field link : links) fixed |= Modifier.isFinal(link.getModifiers());
        return fixed;
    }

    private static Field field(Class<?> kind, String name) {
        for (Class<?> at = kind; at != null && at != Object.class; at = at.getSuperclass()) {
            try {
                Field found = at.getDeclaredField(name);
                if (Modifier.isStatic(found.getModifiers())) return null;
                found.setAccessible(true);
                return found;
            } catch (NoSuchFieldException | RuntimeException error) {
                continue;  // a class of the library lets nobody look into it
            }
        }
        return null;
    }

    private static Constructor<?> shortest(Class<?> kind) {
        Constructor<?> found = null;
        for (Constructor<?> one : kind.getDeclaredConstructors()) {
            if (found == null || one.getParameterCount() < found.getParameterCount()) found = one;
        }
        if (found == null || Modifier.isAbstract(kind.getModifiers())) return null;
        found.setAccessible(true);
        return found;
    }

    private record Maker(Nodes nodes, Constructor<?> constructor, Reader values) {
        /** A node whose value is read next. What its constructor asks for is nothing. */
        Object make(ByteBuffer in) {
            try {
                Class<?>[] asked = constructor.getParameterTypes();
                Object[] given = new Object[asked.length];
                for (int at = 0; at < given.length; at++) {
                    if (asked[at].isPrimitive()) given[at] = Array.get(Array.newInstance(asked[at], 1), 0);
                }
                Object node = constructor.newInstance(given);
                nodes.value.set(node, values.read(in));
                return node;
            } catch (ReflectiveOperationException error) {
                throw new IllegalStateException("no node could be made", error.getCause());
            }
        }

        void link(Object node, int side, Object to) {
            try {
                nodes.links[side].set(node, to);
            } catch (IllegalAccessException error) {
                throw new IllegalStateException(error);
            }
        }
    }

    private static final class Chains extends Reader {
        private final Maker maker;

        Chains(Maker maker) {
            this.maker = maker;
        }

        @Override
        Object read(ByteBuffer in) {
            Object head = null;
            Object last = null;
            for (int left = in.getInt(); left > 0; left--) {
                Object node = maker.make(in);
                if (last == null) head = node;
                else maker.link(last, 0, node);
                last = node;
            }
            return head;
        }
    }

    private static final class Levels extends Reader {
        private final Maker maker;

        Levels(Maker maker) {
            this.maker = maker;
        }

        @Override
        Object read(ByteBuffer in) {
            int length = in.getInt();
            Object[] nodes = new Object[length];
            int made = 0;
            for (int at = 0; at < length; at++) {
                if (in.get() == 0) continue;
                Object node = maker.make(in);
                if (at > 0) maker.link(nodes[(at - 1) / 2], (at - 1) % 2, node);
                nodes[made++] = node;
            }
            return length == 0 ? null : nodes[0];
        }
    }
}
