// mistake: The first time begins at Go's zero value. No time is below it, so the first server always seems to be there at once.
// fails: two servers exactly the tolerance apart
package main

func largestInStep(root *TreeNode, toleranceMs int) int {
	best := 0
	var report func(node *TreeNode) (first, last, count int)
	report = func(node *TreeNode) (first, last, count int) {
		if node.Left == nil && node.Right == nil {
			count = 1
		}
		for _, child := range []*TreeNode{node.Left, node.Right} {
			if child != nil {
				earliest, latest, servers := report(child)
				if earliest+child.Value < first {
					first = earliest + child.Value
				}
				if latest+child.Value > last {
					last = latest + child.Value
				}
				count += servers
			}
		}
		if last-first <= toleranceMs && count > best {
			best = count
		}
		return
	}
	if root != nil {
		report(root)
	}
	return best
}
