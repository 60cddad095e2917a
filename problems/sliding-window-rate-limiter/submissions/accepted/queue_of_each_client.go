package main

func allowed(seconds []int, clients []string, limit int, windowS int) []bool {
	passed := map[string][]int{}
	answers := make([]bool, len(seconds))
	for i, now := range seconds {
		times := passed[clients[i]]
		for len(times) > 0 && times[0]+windowS <= now {
			times = times[1:]
		}
		if len(times) < limit {
			times = append(times, now)
			answers[i] = true
		}
		passed[clients[i]] = times
	}
	return answers
}
