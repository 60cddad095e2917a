package harness;

import java.util.ArrayList;
import java.util.List;

/** What a program must define. Of a class the first function is the constructor, and has the name of the class. */
record Signature(boolean isClass, List<Function> functions) {
    record Parameter(String name, Type type) {}

    /**
     * `spelled` is its name as Java spells it: pageOf, which is page_of in the signature. `inPlace` is the number of
     * the parameter whose value after the call is the answer, or -1.
     */
    record Function(String name, String spelled, int inPlace, Type returns, List<Parameter> parameters) {
        Type answerType() {
            return inPlace < 0 ? returns : parameters.get(inPlace).type();
        }

        boolean isCalled(String other) {
            return other.equals(spelled) || other.equals(name) || other.equals(spelled + "_");
        }
    }

    /** Reads what `serve.py` writes: "class" or "function", then a line for each function, separated by tabs. */
    static Signature read(String text) {
        String[] lines = text.split("\n");
        List<Function> functions = new ArrayList<>();
        for (int at = 1; at < lines.length; at++) {
            String[] words = lines[at].split("\t");
            List<Parameter> parameters = new ArrayList<>();
            for (int next = 4; next < words.length; next += 2) {
                parameters.add(new Parameter(words[next], Type.read(words[next + 1])));
            }
            functions.add(new Function(words[0], words[1], Integer.parseInt(words[2]), Type.read(words[3]), parameters));
        }
        return new Signature(lines[0].equals("class"), functions);
    }
}
