package harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles a program, and leaves its classes or reports what is wrong. The compiler reads the program and Java's own
 * classes and nothing else, runs no processor of annotations, and writes nothing but into memory.
 */
public final class Compile implements Runnable {
    static final String FILE = "solution.java";
    private static final int CODE_FD = 4;
    private static final int INPUT_FD = 5;
    private static final long STACK_BYTES = 64L << 20;
    private static final int MOST_ERRORS = 20;
    private static final int MOST_MESSAGE = 2_000;
    private static final int MOST_TRACE = 6_000;
    private static final List<String> NODES = List.of("ListNode", "TreeNode");
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-g", "-nowarn", "-Xlint:none", "-XDstringConcat=inline", "-Xmaxerrs", "" + MOST_ERRORS);

    private final Report report = new Report();

    private Compile() {}

    public static void main(String[] arguments) {
        new Thread(null, new Compile(), "main", STACK_BYTES).start();
    }

    @Override
    public void run() {
        try {
            String given = Text.decoded(Machine.take(INPUT_FD));
            int head = given.indexOf("\n\n");
            compile(given.substring(0, head), given.substring(head + 2));
        } catch (OutOfMemoryError error) {
            report.memoryLimit();
        } catch (StackOverflowError error) {
            String told = "The compiler gave up: something in the program is nested too deeply.";
            report.notCompiled("CompileError", told, -1, told);
        } catch (Throwable error) {
            if (Failure.isOutOfMemory(error)) report.memoryLimit();
            String told = "The compiler gave up: " + Failure.nameOf(error.getClass()) + ".";
            report.notCompiled("CompileError", told, -1, told);
        }
    }

    private void compile(String signature, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        Memory memory = new Memory(compiler.getStandardFileManager(found, Locale.ROOT, null));
        List<JavaFileObject> sources = List.of(new Source(source));
        if (!compiler.getTask(Writer.nullWriter(), memory, found, OPTIONS, null, sources).call()) {
            tell(found.getDiagnostics());
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (Code code : memory.made) classes.put(code.name, code.bytes.toByteArray());
        for (Code node : memory.nodes()) classes.putIfAbsent(node.name, node.bytes.toByteArray());
        try (FileOutputStream out = new FileOutputStream(Machine.descriptor(CODE_FD))) {
            out.write(new Artifact(signature, source, classes).written());
        }
        Runtime.getRuntime().halt(0);
    }

    private void tell(List<Diagnostic<? extends JavaFileObject>> found) {
        String message = "The compiler ended without a word.";
        long line = -1;
        StringBuilder trace = new StringBuilder();
        for (Diagnostic<? extends JavaFileObject> one : found) {
            if (one.getKind() != Diagnostic.Kind.ERROR) continue;
            if (trace.length() == 0) {
                message = Text.shortened(one.getMessage(Locale.ROOT), MOST_MESSAGE);
                line = one.getLineNumber() < 1 ? -1 : one.getLineNumber();
            } else {
                trace.append('\n');
            }
            trace.append(one);
        }
        report.notCompiled("CompileError", message, line, Text.shortened(trace.toString(), MOST_TRACE));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create(FILE), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        /** A public class may have any name, though there is but one file. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }
    }

    private static final class Code extends SimpleJavaFileObject {
        final String name;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Code(String name) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    /** Keeps what is made, and knows of a class path with the two classes of nodes on it. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private static final Path PLACE = Path.of("/harness/nodes");
        final List<Code> made = new ArrayList<>();
        private List<Code> nodes;

        Memory(JavaFileManager below) {
            super(below);
        }

        List<Code> nodes() throws IOException {
            if (nodes != null) return nodes;
            nodes = new ArrayList<>();
            for (String name : NODES) {
                Code code = new Code(name);
                code.bytes.write(Files.readAllBytes(PLACE.resolve(name + ".class")));
                nodes.add(code);
            }
            return nodes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location place, String name, JavaFileObject.Kind kind, FileObject from) {
            Code code = new Code(name);
            made.add(code);
            return code;
        }

        @Override
        public Iterable<JavaFileObject> list(
                Location place, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
            if (place != StandardLocation.CLASS_PATH) return super.list(place, packageName, kinds, recurse);
            return packageName.isEmpty() && kinds.contains(JavaFileObject.Kind.CLASS) ? List.copyOf(nodes()) : List.of();
        }

        @Override
        public String inferBinaryName(Location place, JavaFileObject file) {
            return file instanceof Code code ? code.name : super.inferBinaryName(place, file);
        }

        @Override
        public boolean isSameFile(FileObject one, FileObject other) {
            return one == other || !(one instanceof Code) && !(other instanceof Code) && super.isSameFile(one, other);
        }
    }
}
