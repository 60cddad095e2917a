class Solution {
    static {
        System.exit(5);
    }

    long f(long n) {
        return n;
    }
}
