package harness;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs one case of a program and reports. Its process is new, and ends with the report. */
public final class Run implements Runnable {
    private static final int INPUT_FD = 5;
    private static final int ARTIFACT_FD = 6;
    private static final long STACK_BYTES = 64L << 20;

    private final Report report = new Report();
    private String source = "";
    private int call = -1;

    private Run() {}

    public static void main(String[] arguments) {
        new Thread(null, new Run(), "main", STACK_BYTES).start();
    }

    @Override
    public void run() {
        try {
            Artifact artifact = Artifact.read(Machine.take(ARTIFACT_FD));
            ByteBuffer input = ByteBuffer.wrap(Machine.take(INPUT_FD)).order(ByteOrder.LITTLE_ENDIAN);
            source = artifact.source();
            Machine.seed();
            Signature signature = Signature.read(artifact.signature());
            Program program = Program.of(signature, new Classes(artifact.classes()));
            StringBuilder answer = new StringBuilder();
            if (signature.isClass()) callClass(program, input, answer);
            else callFunction(program, input, answer);
            flush();
            report.returned(answer);
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    private static void callFunction(Program program, ByteBuffer input, StringBuilder answer) throws Throwable {
        Program.Call function = program.calls[0];
        Object[] arguments = function.arguments(input);
        Object returned = function.on(program.target(), arguments);
        int place = function.function().inPlace();
        Answer.write(answer, place < 0 ? returned : arguments[place], function.function().answerType());
    }

    private void callClass(Program program, ByteBuffer input, StringBuilder answers) throws Throwable {
        Object target = null;
        int count = input.getInt();
        answers.append("[null");
        for (int at = 0; at < count; at++) {
            call = at;
            Program.Call method = program.calls[input.getInt()];
            Object returned = method.on(target, method.arguments(input));
            if (at == 0) {
                target = returned;
                continue;
            }
            answers.append(',');
            try {
                Answer.write(answers, returned, method.function().returns());
            } catch (NoValue error) {
                String where = " from " + method.function().spelled() + ", call " + (at + 1);
                throw new NoValue(error.getMessage() + where);
            }
        }
        answers.append(']');
    }

    private void fail(Throwable thrown) {
        if (Failure.isOutOfMemory(thrown)) {
            report.memoryLimit();
            return;
        }
        flush();
        if (thrown instanceof NoValue) report.noValue(thrown.getMessage());
        else if (thrown instanceof NotDefined) {
            report.notCompiled("NotDefined", thrown.getMessage(), -1, thrown.getMessage());
        } else report.raised(new Failure(thrown, source), call);
    }

    /** What the program has printed through a stream of its own. */
    private static void flush() {
        try {
            System.out.flush();
            System.err.flush();
        } catch (Throwable hostile) {
            return;
        }
    }
}
