class Solution {
    long f(long n) {
        while (true) {
            Thread thread = new Thread(() -> {
                try {
                    Thread.sleep(3600000);
                } catch (InterruptedException error) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
