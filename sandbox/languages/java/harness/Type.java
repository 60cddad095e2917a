package harness;

/** A type of the signature: the name of a scalar, or "list", "dict" or "optional" with the type of its part. */
record Type(String name, Type of) {
    static final Type ANY = new Type("Json", null);
    static final Type INT = new Type("int", null);

    /** Reads what `serve.py` writes: "list optional int". */
    static Type read(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? new Type(text, null) : new Type(text.substring(0, end), read(text.substring(end + 1)));
    }

    boolean isNode() {
        return isListNode() || name.equals("TreeNode");
    }

    boolean isListNode() {
        return name.equals("ListNode");
    }

    boolean isOptional() {
        return name.equals("optional");
    }

    /** The type of what is in a value of this kind, or any where it is of another. */
    Type partOf(String kind) {
        return name.equals(kind) ? of : ANY;
    }

    /** How Java writes it: as a parameter of a method, or as a part of another type. */
    String written(boolean isPart) {
        return switch (name) {
            case "int" -> isPart ? "Long" : "long";
            case "float" -> isPart ? "Double" : "double";
            case "bool" -> isPart ? "Boolean" : "boolean";
            case "str" -> "String";
            case "None" -> isPart ? "Void" : "void";
            case "list" -> "List<" + of.written(true) + ">";
            case "dict" -> "Map<String, " + of.written(true) + ">";
            case "optional" -> of.written(true);
            default -> name;
        };
    }
}
