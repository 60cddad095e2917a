// mistake: The client's queue that is changed is a copy. What is added to it is lost, so every request passes.
// fails: a request exactly on the window's edge
package main

func allowed(seconds []int, clients []string, limit int, windowS int) []bool {
	passed := map[string][]int{}
	answers := make([]bool, 0, len(seconds))
	for i, now := range seconds {
		times := passed[clients[i]]
		for len(times) > 0 && times[0]+windowS <= now {
			times = times[1:]
		}
		ok := len(times) < limit
		if ok {
			times = append(times, now)
		}
		answers = append(answers, ok)
	}
	return answers
}
