import java.util.*;

class Solution {
    long deep(long n) {
        return 1 + deep(n + 1);
    }

    List<String> f(long n) {
        List<String> caught = new ArrayList<>();
        try {
            deep(n);
        } catch (StackOverflowError error) {
            caught.add(error.getClass().getSimpleName());
        }
        try {
            List<long[]> kept = new ArrayList<>();
            while (true) kept.add(new long[1 << 16]);
        } catch (OutOfMemoryError error) {
            caught.add(error.getClass().getSimpleName());
        }
        return caught;
    }
}
