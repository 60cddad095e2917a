import java.util.*;

class Solution {
    ListNode fairOrder(ListNode head, int burst) {
        int[] count = new int[1000];
        List<List<ListNode>> rounds = new ArrayList<>();
        for (ListNode node = head; node != null; node = node.next) {
            int tenant = (int) (node.value % 1000);
            int round = count[tenant]++ / burst;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(node);
        }
        ListNode front = new ListNode(), last = front;
        for (List<ListNode> round : rounds) {
            for (ListNode node : round) {
                last = last.next = node;
            }
        }
        last.next = null;
        return front.next;
    }
}
