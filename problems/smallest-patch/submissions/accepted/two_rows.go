package main

func patchBytes(old []string, new_ []string, hunkBytes int) int {
	m := len(new_)

	// The fewest bytes for what is left of both files: within a hunk, and where none is begun. At first only adding is left.
	inside, outside := make([]int, m+1), make([]int, m+1)
	for j := m - 1; j >= 0; j-- {
		inside[j] = len(new_[j]) + 1 + inside[j+1]
		outside[j] = hunkBytes + inside[j]
	}

	for i := len(old) - 1; i >= 0; i-- {
		insideBelow, outsideBelow := inside, outside
		inside, outside = make([]int, m+1), make([]int, m+1)
		for j := m; j >= 0; j-- {
			change := 1 + insideBelow[j]
			if j < m {
				change = least(change, len(new_[j])+1+inside[j+1])
			}
			inside[j], outside[j] = change, hunkBytes+change
			if j < m && old[i] == new_[j] {
				inside[j] = least(inside[j], outsideBelow[j+1])
				outside[j] = least(outside[j], outsideBelow[j+1])
			}
		}
	}
	return outside[0]
}

func least(a, b int) int {
	if a < b {
		return a
	}
	return b
}
