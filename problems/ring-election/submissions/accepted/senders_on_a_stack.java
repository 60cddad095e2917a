import java.util.*;

class Solution {
    long[] hops(long[] priorities) {
        int n = priorities.length;
        long[] answer = new long[n];
        Deque<Integer> senders = new ArrayDeque<>();
        for (int i = 0; i < 2 * n; i++) {
            long priority = priorities[i % n];
            while (!senders.isEmpty() && priorities[senders.peek()] <= priority) {
                int sender = senders.pop();
                answer[sender] = i - sender;
            }
            if (i < n && priority > 0) {
                senders.push(i);
            }
        }
        return answer;
    }
}
