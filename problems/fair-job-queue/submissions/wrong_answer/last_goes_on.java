// mistake: The node that comes last still has the next one that it had in the queue, so the list runs in a circle.
// fails: one late tenant moves to the front
import java.util.*;

class Solution {
    ListNode fairOrder(ListNode head, long burst) {
        Map<Long, Long> count = new HashMap<>();
        Map<Long, List<ListNode>> rounds = new TreeMap<>();
        for (ListNode node = head; node != null; node = node.next) {
            long before = count.merge(node.value % 1000, 1L, Long::sum) - 1;
            rounds.computeIfAbsent(before / burst, round -> new ArrayList<>()).add(node);
        }
        ListNode front = new ListNode(0, null);
        ListNode last = front;
        for (List<ListNode> round : rounds.values()) {
            for (ListNode node : round) {
                last.next = node;
                last = node;
            }
        }
        return front.next;
    }
}
