class Solution {
    ListNode f(long n) {
        ListNode node = new ListNode(n);
        node.next = node;
        return node;
    }
}
