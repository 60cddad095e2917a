func f(n int) *ListNode {
	node := &ListNode{Value: n}
	node.Next = node
	return node
}
