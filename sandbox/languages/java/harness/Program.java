package harness;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What of a program is called, found by its names before any of the program has begun. */
final class Program {
    /** One constructor or method, with what reads its arguments. */
    record Call(Signature.Function function, Executable called, Reader[] readers) {
        Object[] arguments(ByteBuffer in) {
            Object[] found = new Object[readers.length];
            for (int at = 0; at < found.length; at++) found[at] = readers[at].read(in);
            return found;
        }

        /** Calls it. Throws what the program throws. */
        Object on(Object target, Object[] arguments) throws Throwable {
            try {
                if (called instanceof Constructor<?> constructor) return constructor.newInstance(arguments);
                return ((Method) called).invoke(target, arguments);
            } catch (InvocationTargetException error) {
                throw error.getCause();
            }
        }
    }

    /** Of a class problem the constructor, then each method. Of a function the function. */
    final Call[] calls;
    /** What makes the object whose method is called; null where there is none to be made. */
    private final Constructor<?> maker;

    private Program(Constructor<?> maker, Call... calls) {
        this.maker = maker;
        this.calls = calls;
    }

    /** Of a function's class. Null where the function is static. Throws what the program throws. */
    Object target() throws Throwable {
        try {
            return maker == null ? null : maker.newInstance();
        } catch (InvocationTargetException error) {
            throw error.getCause();
        }
    }

    static Program of(Signature signature, Classes classes) throws NotDefined, ClassNotFoundException {
        List<Signature.Function> functions = signature.functions();
        if (!signature.isClass()) return function(functions.get(0), classes);
        Class<?> kind = classes.called(functions.get(0).name());
        if (kind == null) throw new NotDefined("No class \"" + functions.get(0).name() + "\" is defined.");
        Call[] calls = new Call[functions.size()];
        calls[0] = fitting(functions.get(0), List.of(kind.getDeclaredConstructors()));
        if (calls[0] == null || Modifier.isAbstract(kind.getModifiers())) {
            int count = functions.get(0).parameters().size();
            throw new NotDefined("Class \"" + kind.getSimpleName() + "\" has no constructor with " + count(count) + ".");
        }
        for (int at = 1; at < calls.length; at++) {
            Signature.Function function = functions.get(at);
            calls[at] = fitting(function, named(function, kind));
            if (calls[at] != null) continue;
            String name = function.spelled();
            throw new NotDefined("Class \"" + kind.getSimpleName() + "\" has no method \"" + name + "\".");
        }
        return new Program(null, calls);
    }

    /** The function is a method of `Solution`, or else of any class at the top of the program. */
    private static Program function(Signature.Function function, Classes classes)
            throws NotDefined, ClassNotFoundException {
        Class<?> usual = classes.called("Solution");
        Program found = usual == null ? null : in(usual, function);
        for (String name : classes.names()) {
            if (found != null) return found;
            Class<?> kind = classes.look(name);
            if (kind.getNestHost() == kind) found = in(kind, function);
        }
        if (found != null) return found;
        throw new NotDefined("No method \"" + function.spelled() + "\" is defined.");
    }

    private static Program in(Class<?> kind, Signature.Function function) throws NotDefined {
        Call found = fitting(function, named(function, kind));
        if (found == null) return null;
        return new Program(Modifier.isStatic(found.called().getModifiers()) ? null : maker(kind, function), found);
    }

    private static Constructor<?> maker(Class<?> kind, Signature.Function function) throws NotDefined {
        try {
            Constructor<?> found = kind.getDeclaredConstructor();
            found.setAccessible(true);
            if (!Modifier.isAbstract(kind.getModifiers())) return found;
        } catch (NoSuchMethodException error) {
            // said below
        }
        throw new NotDefined("Method \"" + function.spelled() + "\" is not static, and class \"" + kind.getSimpleName()
                + "\" cannot be made without arguments.");
    }

    /** Methods of this name, the own ones of a class before those that it inherits. */
    private static List<Method> named(Signature.Function function, Class<?> kind) {
        List<Method> found = new ArrayList<>();
        for (Class<?> at = kind; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (function.isCalled(method.getName()) && !method.isBridge()) found.add(method);
            }
        }
        for (Method method : kind.getMethods()) {
            if (function.isCalled(method.getName()) && method.isDefault()) found.add(method);
        }
        return found;
    }

    /** The one of them that takes what the signature says; null where there is none at all. */
    private static Call fitting(Signature.Function function, List<? extends Executable> found)
            throws NotDefined {
        NotDefined first = null;
        for (Executable one : found) {
            try {
                return call(function, one);
            } catch (NotDefined error) {
                if (first == null) first = error;
            }
        }
        if (first != null) throw first;
        return null;
    }

    private static Call call(Signature.Function function, Executable called) throws NotDefined {
        Type[] declared = called.getGenericParameterTypes();
        List<Signature.Parameter> wanted = function.parameters();
        String name = "\"" + function.spelled() + "\"";
        if (declared.length != wanted.size()) {
            throw new NotDefined(name + " must take " + count(wanted.size()) + ", not " + declared.length + ".");
        }
        Reader[] readers = new Reader[declared.length];
        for (int at = 0; at < readers.length; at++) {
            harness.Type type = wanted.get(at).type();
            readers[at] = Reader.of(type, declared[at]);
            if (readers[at] == null) {
                throw new NotDefined("Parameter " + (at + 1) + " of " + name + " is " + simple(declared[at])
                        + ": declare it as " + type.written(false) + ".");
            }
        }
        boolean isVoid = called instanceof Method method && method.getReturnType() == void.class;
        if (isVoid && function.inPlace() < 0 && !function.returns().name().equals("None")) {
            throw new NotDefined(name + " is void: declare it as " + function.returns().written(false) + ".");
        }
        called.setAccessible(true);
        return new Call(function, called, readers);
    }

    private static String count(int parameters) {
        return parameters == 0 ? "no parameters" : parameters == 1 ? "1 parameter" : parameters + " parameters";
    }

    /** "java.util.Set<java.lang.Long>" is Set<Long>. */
    private static String simple(Type declared) {
        if (declared instanceof Class<?> kind) return Failure.nameOf(kind);
        StringBuilder found = new StringBuilder();
        String written = declared.getTypeName();
        int start = 0;
        for (int at = 0; at < written.length(); at++) {
            char letter = written.charAt(at);
            if (letter == '.' || letter == '$') start = at + 1;
            else if (!Character.isJavaIdentifierPart(letter)) {
                found.append(written, start, at + 1);
                start = at + 1;
            }
        }
        return found.append(written, start, written.length()).toString();
    }
}
