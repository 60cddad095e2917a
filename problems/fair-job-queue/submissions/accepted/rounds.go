package main

func fairOrder(head *ListNode, burst int) *ListNode {
	count := map[int]int{}
	var rounds [][]*ListNode
	for node := head; node != nil; node = node.Next {
		tenant := node.Value % 1000
		round := count[tenant] / burst
		count[tenant]++
		if round == len(rounds) {
			rounds = append(rounds, nil)
		}
		rounds[round] = append(rounds[round], node)
	}

	front := &ListNode{}
	last := front
	for _, nodes := range rounds {
		for _, node := range nodes {
			last.Next = node
			last = node
		}
	}
	last.Next = nil
	return front.Next
}
