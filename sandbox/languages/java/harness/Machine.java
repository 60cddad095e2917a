package harness;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Random;
import sun.misc.Unsafe;

/** What lies below Java: descriptors by their number, and what its library draws by chance. */
final class Machine {
    private static final Unsafe UNSAFE = unsafe();
    private static final long SEED = 1;

    private Machine() {}

    static FileDescriptor descriptor(int number) {
        FileDescriptor made = new FileDescriptor();
        try {
            UNSAFE.putInt(made, UNSAFE.objectFieldOffset(FileDescriptor.class.getDeclaredField("fd")), number);
        } catch (NoSuchFieldException error) {
            throw new LinkageError("a descriptor has no number", error);
        }
        return made;
    }

    /** All of a file, which is closed then. */
    static byte[] take(int number) throws IOException {
        try (FileInputStream file = new FileInputStream(descriptor(number))) {
            return file.readAllBytes();
        }
    }

    /**
     * Has `Math.random` and `Collections.shuffle` draw the same each time. Where the library is another than it was, they
     * stay as they are.
     */
    static void seed() {
        try {
            Class<?> holder = Class.forName("java.lang.Math$RandomNumberGeneratorHolder");
            Field drawn = holder.getDeclaredField("randomNumberGenerator");
            ((Random) UNSAFE.getObject(UNSAFE.staticFieldBase(drawn), UNSAFE.staticFieldOffset(drawn))).setSeed(SEED);
            Field shuffled = Collections.class.getDeclaredField("r");
            Object base = UNSAFE.staticFieldBase(shuffled);
            UNSAFE.putObject(base, UNSAFE.staticFieldOffset(shuffled), new Random(SEED));
        } catch (ReflectiveOperationException error) {
            return;
        }
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException error) {
            throw new LinkageError("this is no Java that this harness knows", error);
        }
    }
}
