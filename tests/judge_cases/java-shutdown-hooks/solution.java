class Solution {
    long f(long n) {
        Runtime ending = Runtime.getRuntime();
        ending.addShutdownHook(new Thread(() -> System.out.println("late")));
        ending.addShutdownHook(new Thread(() -> ending.halt(7)));
        ending.addShutdownHook(new Thread(() -> {
            for (;;) Thread.onSpinWait();
        }));
        return n;
    }
}
