package harness;

/** The answer cannot be written as JSON. The message says what it is: "HashSet", "ArrayList with HashSet inside". */
final class NoValue extends Exception {
    private static final long serialVersionUID = 1;

    NoValue(String what) {
        super(what, null, false, false);
    }

    NoValue inside(String name) {
        return getMessage().indexOf(' ') < 0 ? new NoValue(name + " with " + getMessage() + " inside") : this;
    }
}
