// mistake: The events that are left move to the front, but what stood in the other slots is still there.
// fails: one event that is done
package main

func compact(slots []*int, done []int) {
	finished := map[int]bool{}
	for _, id := range done {
		finished[id] = true
	}
	kept := slots[:0]
	for _, id := range slots {
		if id != nil && !finished[*id] {
			kept = append(kept, id)
		}
	}
	slots = kept
}
