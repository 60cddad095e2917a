// mistake: getOrDefault() answers with a new deque and does not put it into the map, so nothing is ever remembered.
// fails: a request exactly on the window's edge
import java.util.*;

class Solution {
    List<Boolean> allowed(List<Long> seconds, List<String> clients, long limit, long windowS) {
        Map<String, Deque<Long>> passed = new HashMap<>();
        List<Boolean> answer = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            long now = seconds.get(i);
            Deque<Long> times = passed.getOrDefault(clients.get(i), new ArrayDeque<>());
            while (!times.isEmpty() && times.peekFirst() + windowS <= now) {
                times.pollFirst();
            }
            boolean passes = times.size() < limit;
            if (passes) {
                times.addLast(now);
            }
            answer.add(passes);
        }
        return answer;
    }
}
