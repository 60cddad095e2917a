package main

func compact(slots []*int, done []int) {
	finished := make(map[int]bool, len(done))
	for _, id := range done {
		finished[id] = true
	}
	write := 0
	for _, id := range slots {
		if id != nil && !finished[*id] {
			slots[write] = id
			write++
		}
	}
	for ; write < len(slots); write++ {
		slots[write] = nil
	}
}
