class Solution {
    long total(long[] numbers) {
        long sum = 0;
        for (long n : numbers) sum += n * n % 7;
        return sum;
    }
}
