def f(n)
  node = ListNode.new(n)
  node.next = node
end
