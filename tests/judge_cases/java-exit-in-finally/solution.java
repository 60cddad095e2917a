class Solution {
    long f(long n) {
        try {
            return n;
        } finally {
            System.exit(4);
        }
    }
}
