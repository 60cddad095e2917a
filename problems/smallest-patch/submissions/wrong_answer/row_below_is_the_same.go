// mistake: Assigning a slice does not copy it, so the row below is the very one that is being overwritten.
// fails: one equal line
package main

func patchBytes(old []string, new_ []string, hunkBytes int) int {
	m := len(new_)
	inside, outside := make([]int, m+1), make([]int, m+1)
	for j := m - 1; j >= 0; j-- {
		inside[j] = len(new_[j]) + 1 + inside[j+1]
		outside[j] = hunkBytes + inside[j]
	}
	for i := len(old) - 1; i >= 0; i-- {
		insideBelow, outsideBelow := inside, outside
		for j := m; j >= 0; j-- {
			change := 1 + insideBelow[j]
			if j < m && len(new_[j])+1+inside[j+1] < change {
				change = len(new_[j]) + 1 + inside[j+1]
			}
			inside[j], outside[j] = change, hunkBytes+change
			if j < m && old[i] == new_[j] {
				if outsideBelow[j+1] < inside[j] {
					inside[j] = outsideBelow[j+1]
				}
				if outsideBelow[j+1] < outside[j] {
					outside[j] = outsideBelow[j+1]
				}
			}
		}
	}
	return outside[0]
}
