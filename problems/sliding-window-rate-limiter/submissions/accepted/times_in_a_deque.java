import java.util.*;

class Solution {
    boolean[] allowed(long[] seconds, String[] clients, int limit, long windowS) {
        Map<String, Deque<Long>> passed = new HashMap<>();
        boolean[] answer = new boolean[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            Deque<Long> times = passed.computeIfAbsent(clients[i], client -> new ArrayDeque<>());
            while (!times.isEmpty() && times.peekFirst() + windowS <= seconds[i]) {
                times.pollFirst();
            }
            if (times.size() < limit) {
                times.addLast(seconds[i]);
                answer[i] = true;
            }
        }
        return answer;
    }
}
