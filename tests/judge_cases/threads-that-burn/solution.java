class Solution {
    long f(long n) throws Exception {
        if (n == 2) return n;
        Thread last = null;
        for (int i = 0; i < 3; i++) {
            last = new Thread(() -> {
                for (;;) Thread.onSpinWait();
            });
            last.start();
        }
        last.join();
        return n;
    }
}
