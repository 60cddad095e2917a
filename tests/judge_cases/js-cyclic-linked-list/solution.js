function f(head) {
  head.next.next = head;
  return head;
}
