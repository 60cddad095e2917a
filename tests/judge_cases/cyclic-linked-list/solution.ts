function f(n: number): ListNode | null {
  const node = new ListNode(n);
  node.next = node;
  return node;
}
