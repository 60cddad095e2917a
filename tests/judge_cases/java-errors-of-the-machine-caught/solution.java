import java.util.*;

class Solution {
    long deep(long n) {
        return 1 + deep(n + 1);
    }

    String f(long n) {
        try {
            if (n == 1) deep(n);
            List<long[]> kept = new ArrayList<>();
            while (true) kept.add(new long[1 << 16]);
        } catch (StackOverflowError | OutOfMemoryError error) {
            return error.getClass().getSimpleName();
        }
    }
}
