package harness;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The one report of a process, which ends with it: no hook of the program is run, and no thread waited for. */
final class Report {
    private static final int REPORT_FD = 3;
    private static final int MOST_NAME = 200;
    private static final byte[] MEMORY_LIMIT = "{\"status\":\"memory limit\"}".getBytes(StandardCharsets.US_ASCII);

    private final FileOutputStream out = new FileOutputStream(Machine.descriptor(REPORT_FD));

    void returned(StringBuilder value) {
        value.insert(0, "{\"status\":\"returned\",\"value\":").append('}');
        end(value);
    }

    void noValue(String what) {
        StringBuilder json = new StringBuilder("{\"status\":\"no value\",\"error\":{\"type\":");
        Text.write(json, Text.shortened(what, MOST_NAME));
        end(json.append("}}"));
    }

    void notCompiled(String type, String message, long line, String trace) {
        end(failure("not compiled", type, message, line, trace, -1));
    }

    void raised(Failure failure, int call) {
        end(failure("raised", failure.type, failure.message, failure.line, failure.trace, call));
    }

    /** Takes no memory, as there is none. */
    void memoryLimit() {
        write(MEMORY_LIMIT);
    }

    private static StringBuilder failure(
            String status, String type, String message, long line, String trace, int call) {
        StringBuilder json = new StringBuilder("{\"status\":\"").append(status).append("\",\"error\":{\"type\":");
        Text.write(json, Text.shortened(type, MOST_NAME));
        Text.write(json.append(",\"message\":"), message);
        json.append(",\"line\":");
        json.append(line < 0 ? "null" : Long.toString(line));
        Text.write(json.append(",\"trace\":"), trace);
        json.append(",\"call\":");
        return json.append(call < 0 ? "null" : Integer.toString(call)).append("}}");
    }

    private void end(StringBuilder json) {
        write(json.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void write(byte[] json) {
        try {
            out.write(json);
        } catch (IOException error) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }
}
