package harness;

/** The program does not define what the signature names, or not so that it can be called. */
final class NotDefined extends Exception {
    private static final long serialVersionUID = 1;

    NotDefined(String message) {
        super(message, null, false, false);
    }
}
