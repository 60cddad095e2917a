package harness;

/** What the student is told of an exception: the frames of their own file in the order of the calls. */
final class Failure {
    private static final int MOST_MESSAGE = 2_000;
    private static final int MOST_TRACE = 6_000;
    private static final int MOST_FRAMES = 20;
    private static final int MOST_CODE = 200;
    private static final int MOST_CAUSES = 3;

    final String type;
    final String message;
    final String trace;
    long line = -1;

    private final String[] lines;

    Failure(Throwable thrown, String source) {
        lines = source.split("\n", -1);
        Throwable told = thrown;
        if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) told = thrown.getCause();
        type = nameOf(told.getClass());
        message = messageOf(told);
        StringBuilder found = new StringBuilder();
        line = addFrames(found, told);
        addLast(found, told);
        Throwable cause = causeOf(told);
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = causeOf(cause)) {
            found.append("\nCaused by:\n");
            long first = addFrames(found, cause);
            if (line < 0) line = first;
            addLast(found, cause);
        }
        trace = Text.shortened(found.toString(), MOST_TRACE);
    }

    /** Did memory run out? It may stand behind what was thrown. */
    static boolean isOutOfMemory(Throwable thrown) {
        for (int depth = 0; thrown != null && depth < MOST_CAUSES; depth++, thrown = causeOf(thrown)) {
            if (thrown instanceof OutOfMemoryError) return messageOf(thrown).indexOf("native thread") < 0;
        }
        return false;
    }

    /** A class as its program writes it, without its package. */
    static String nameOf(Class<?> kind) {
        if (kind.isArray()) return nameOf(kind.getComponentType()) + "[]";
        return plain(kind.getName());
    }

    private static String plain(String name) {
        int slash = name.indexOf('/');  // of a class without a name of its own, as of a lambda
        String known = slash < 0 ? name : name.substring(0, slash);
        return known.substring(known.lastIndexOf('.') + 1).replace('$', '.');
    }

    private void addLast(StringBuilder found, Throwable thrown) {
        String said = messageOf(thrown);
        found.append(nameOf(thrown.getClass()));
        if (!said.isEmpty()) found.append(": ").append(said);
    }

    /** Writes the frames, those of libraries folded; the line of the innermost one of the program, or -1. */
    private long addFrames(StringBuilder found, Throwable thrown) {
        StackTraceElement[] frames = framesOf(thrown);
        int first = 0;
        while (first < frames.length && !isOwn(frames[first])) first++;
        if (first == frames.length) return -1;
        int last = first;
        int shown = 0;
        for (int at = first; at < frames.length && shown < MOST_FRAMES; at++) {
            if (!isOwn(frames[at])) continue;
            shown++;
            last = at;
        }
        for (int at = last + 1; at < frames.length; at++) {
            if (!isOwn(frames[at])) continue;
            found.append("  … more calls\n");
            break;
        }
        boolean folded = false;
        for (int at = last; at >= first; at--) {
            if (isOwn(frames[at])) addFrame(found, frames[at]);
            else if (!folded) found.append("  … in a library\n");
            folded = !isOwn(frames[at]);
        }
        return Math.max(frames[first].getLineNumber(), -1);
    }

    private void addFrame(StringBuilder found, StackTraceElement frame) {
        int number = frame.getLineNumber();
        found.append("  line ").append(number).append(", in ").append(called(frame)).append('\n');
        String code = number >= 1 && number <= lines.length ? lines[number - 1].strip() : "";
        if (code.isEmpty()) return;
        found.append("    ").append(code, 0, Math.min(code.length(), MOST_CODE)).append('\n');
    }

    private static String called(StackTraceElement frame) {
        String kind = plain(frame.getClassName());
        String method = frame.getMethodName();
        if (method.equals("<init>")) return "new " + kind;
        if (method.equals("<clinit>")) return "static of " + kind;
        if (method.startsWith("lambda$")) {
            String inside = method.substring("lambda$".length(), Math.max(method.lastIndexOf('$'), "lambda$".length()));
            return kind + "." + (inside.isEmpty() || inside.equals("new") || inside.equals("static") ? "lambda" : inside);
        }
        return kind + "." + method;
    }

    private static boolean isOwn(StackTraceElement frame) {
        return Compile.FILE.equals(frame.getFileName());
    }

    // An exception of the program may answer these itself, or not at all.

    private static StackTraceElement[] framesOf(Throwable thrown) {
        try {
            StackTraceElement[] found = thrown.getStackTrace().clone();
            for (StackTraceElement frame : found) frame.getMethodName();  // none is missing
            return found;
        } catch (Throwable hostile) {
            return new StackTraceElement[0];
        }
    }

    private static String messageOf(Throwable thrown) {
        try {
            String said = thrown.getMessage();
            return said == null ? "" : Text.shortened(said, MOST_MESSAGE);
        } catch (Throwable hostile) {
            return "";
        }
    }

    private static Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable hostile) {
            return null;
        }
    }
}
