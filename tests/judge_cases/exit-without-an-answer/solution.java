class Solution {
    long f(int n) {
        System.exit(n);
        return n;
    }
}
