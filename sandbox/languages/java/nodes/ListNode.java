/** What linked lists are made of, unless the program has a class of this name itself. */
class ListNode {
    long value;
    ListNode next;

    ListNode() {}

    ListNode(long value) {
        this.value = value;
    }

    ListNode(long value, ListNode next) {
        this.value = value;
        this.next = next;
    }
}
