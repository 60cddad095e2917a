// mistake: == asks whether two Longs are the same object. Beyond 127 equal numbers are two, so the strongest never meet.
// fails: the largest priorities
import java.util.*;

class Solution {
    List<Integer> hops(List<Long> priorities) {
        int n = priorities.size();
        List<Integer> answer = new ArrayList<>(Collections.nCopies(n, 0));
        Deque<Integer> senders = new ArrayDeque<>();
        for (int i = 0; i < 2 * n; i++) {
            Long priority = priorities.get(i % n);
            while (!senders.isEmpty()) {
                Long sent = priorities.get(senders.peek());
                if (sent != priority && sent >= priority) {
                    break;
                }
                answer.set(senders.peek(), i - senders.pop());
            }
            if (i < n && priority > 0) {
                senders.push(i);
            }
        }
        return answer;
    }
}
