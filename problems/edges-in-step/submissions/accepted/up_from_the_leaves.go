package main

import "math"

func largestInStep(root *TreeNode, toleranceMs int) int {
	best := 0

	// Time to the first and the last edge server below node, and how many there are.
	var report func(node *TreeNode) (first, last, count int)
	report = func(node *TreeNode) (first, last, count int) {
		first, last = math.MaxInt, 0
		for _, child := range []*TreeNode{node.Left, node.Right} {
			if child == nil {
				continue
			}
			earliest, latest, servers := report(child)
			count += servers
			if earliest+child.Value < first {
				first = earliest + child.Value
			}
			if latest+child.Value > last {
				last = latest + child.Value
			}
		}
		if count == 0 {
			first, count = 0, 1
		}
		if last-first <= toleranceMs && count > best {
			best = count
		}
		return first, last, count
	}

	if root != nil {
		report(root)
	}
	return best
}
