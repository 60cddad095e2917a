// mistake: The last job keeps its old link, so the queue has no end where that job was not the last one before.
// fails: one late tenant moves to the front
package main

func fairOrder(head *ListNode, burst int) *ListNode {
	count := map[int]int{}
	rounds := [][]*ListNode{}
	for node := head; node != nil; node = node.Next {
		tenant := node.Value % 1000
		round := count[tenant] / burst
		count[tenant]++
		if round == len(rounds) {
			rounds = append(rounds, []*ListNode{})
		}
		rounds[round] = append(rounds[round], node)
	}

	var first, last *ListNode
	for _, nodes := range rounds {
		for _, node := range nodes {
			if last == nil {
				first = node
			} else {
				last.Next = node
			}
			last = node
		}
	}
	return first
}
