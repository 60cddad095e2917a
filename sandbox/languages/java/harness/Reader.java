package harness;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values of one type of the signature as what a program has declared: `sandbox/executables/flat.py` says how they
 * are written. A program may take long or int, a list or an array, each wherever it likes.
 */
abstract class Reader {
    abstract Object read(ByteBuffer in);

    /** A reader for what is declared, or null where no value of the type can be that. */
    static Reader of(harness.Type type, Type declared) {
        Class<?> kind = rawOf(declared);
        return switch (type.name()) {
            case "int" -> kind == int.class || kind == Integer.class ? new Ints() : takes(kind, Long.class, new Longs());
            case "float" -> takes(kind, Double.class, new Doubles());
            case "bool" -> takes(kind, Boolean.class, new Booleans());
            case "str" -> takes(kind, String.class, new Strings());
            case "None" -> kind.isPrimitive() ? null : new Nothing();
            case "optional" -> optional(type.of(), declared, kind);
            case "list" -> kind.isArray() ? array(type.of(), declared, kind) : list(type.of(), declared, kind);
            case "dict" -> map(type.of(), declared, kind);
            default -> Nodes.reader(type, kind);
        };
    }

    private static Reader takes(Class<?> kind, Class<?> made, Reader reader) {
        Class<?> primitive = made == Long.class ? long.class : made == Double.class ? double.class
                : made == Boolean.class ? boolean.class : null;
        return kind == primitive || kind.isAssignableFrom(made) ? reader : null;
    }

    private static Reader optional(harness.Type part, Type declared, Class<?> kind) {
        Reader inner = kind.isPrimitive() ? null : of(part, declared);
        return inner == null || part.isNode() ? inner : new Optionals(inner);
    }

    private static Reader array(harness.Type part, Type declared, Class<?> kind) {
        Type inner = declared instanceof GenericArrayType generic
                ? generic.getGenericComponentType() : kind.getComponentType();
        Reader reader = of(part, inner);
        return reader == null ? null : new Arrays(kind.getComponentType(), reader);
    }

    private static Reader list(harness.Type part, Type declared, Class<?> kind) {
        Reader reader = of(part, argument(declared, 0));
        return reader == null || !kind.isAssignableFrom(ArrayList.class) ? null : new Lists(reader);
    }

    private static Reader map(harness.Type part, Type declared, Class<?> kind) {
        Type value = argument(declared, declared instanceof ParameterizedType generic
                ? generic.getActualTypeArguments().length - 1 : 0);
        Reader reader = of(part, value);
        boolean fits = kind.isAssignableFrom(LinkedHashMap.class) && rawOf(argument(declared, 0)).isAssignableFrom(String.class);
        return reader == null || !fits ? null : new Maps(reader);
    }

    private static Type argument(Type declared, int at) {
        return declared instanceof ParameterizedType generic ? generic.getActualTypeArguments()[at] : Object.class;
    }

    private static Class<?> rawOf(Type declared) {
        if (declared instanceof Class<?> kind) return kind;
        if (declared instanceof ParameterizedType generic) return rawOf(generic.getRawType());
        if (declared instanceof GenericArrayType generic) {
            return Array.newInstance(rawOf(generic.getGenericComponentType()), 0).getClass();
        }
        return declared instanceof WildcardType wild ? rawOf(wild.getUpperBounds()[0]) : Object.class;
    }

    private static final class Longs extends Reader {
        @Override
        Object read(ByteBuffer in) {
            return in.getLong();
        }
    }

    private static final class Ints extends Reader {
        @Override
        Object read(ByteBuffer in) {
            return narrow(in.getLong());
        }

        static int narrow(long value) {
            if (value == (int) value) return (int) value;
            throw new ArithmeticException(value + " is given, which does not fit into int: declare it as long");
        }
    }

    private static final class Doubles extends Reader {
        @Override
        Object read(ByteBuffer in) {
            return in.getDouble();
        }
    }

    private static final class Booleans extends Reader {
        @Override
        Object read(ByteBuffer in) {
            return in.get() != 0;
        }
    }

    private static final class Strings extends Reader {
        @Override
        Object read(ByteBuffer in) {
            byte[] text = new byte[in.getInt()];
            in.get(text);
            return Text.decoded(text);
        }
    }

    private static final class Nothing extends Reader {
        @Override
        Object read(ByteBuffer in) {
            return null;
        }
    }

    private static final class Optionals extends Reader {
        private final Reader inner;

        Optionals(Reader inner) {
            this.inner = inner;
        }

        @Override
        Object read(ByteBuffer in) {
            return in.get() == 0 ? null : inner.read(in);
        }
    }

    private static final class Lists extends Reader {
        private final Reader inner;

        Lists(Reader inner) {
            this.inner = inner;
        }

        @Override
        Object read(ByteBuffer in) {
            int length = in.getInt();
            List<Object> found = new ArrayList<>(length);
            for (int at = 0; at < length; at++) found.add(inner.read(in));
            return found;
        }
    }

    private static final class Maps extends Reader {
        private final Reader inner;
        private final Reader keys = new Strings();

        Maps(Reader inner) {
            this.inner = inner;
        }

        @Override
        Object read(ByteBuffer in) {
            int length = in.getInt();
            Map<Object, Object> found = new LinkedHashMap<>();
            for (int at = 0; at < length; at++) found.put(keys.read(in), inner.read(in));
            return found;
        }
    }

    private static final class Arrays extends Reader {
        private final Class<?> kind;
        private final Reader inner;

        Arrays(Class<?> kind, Reader inner) {
            this.kind = kind;
            this.inner = inner;
        }

        @Override
        Object read(ByteBuffer in) {
            int length = in.getInt();
            Object found = Array.newInstance(kind, length);
            if (found instanceof long[] longs) {
                for (int at = 0; at < length; at++) longs[at] = in.getLong();
            } else if (found instanceof int[] ints) {
                for (int at = 0; at < length; at++) ints[at] = Ints.narrow(in.getLong());
            } else if (found instanceof double[] doubles) {
                for (int at = 0; at < length; at++) doubles[at] = in.getDouble();
            } else if (found instanceof boolean[] booleans) {
                for (int at = 0; at < length; at++) booleans[at] = in.get() != 0;
            } else {
                Object[] items = (Object[]) found;
                for (int at = 0; at < length; at++) items[at] = inner.read(in);
            }
            return found;
        }
    }
}
