func f(head *ListNode) *ListNode {
	var found *ListNode
	for ; head != nil; head = head.Next {
		found = &ListNode{head.Value, found}
	}
	return found
}
