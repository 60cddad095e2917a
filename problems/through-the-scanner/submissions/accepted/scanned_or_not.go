package main

type state struct {
	service string
	scanned bool
}

func fewestHops(links [][]string, scanners []string, start string, target string) *int {
	receivers := map[string][]string{}
	for _, link := range links {
		receivers[link[0]] = append(receivers[link[0]], link[1])
	}
	scans := map[string]bool{}
	for _, scanner := range scanners {
		scans[scanner] = true
	}

	first := state{start, scans[start]}
	hops := map[state]int{first: 0}
	for queue := []state{first}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		done := hops[here]
		if here.scanned && here.service == target {
			return &done
		}
		for _, receiver := range receivers[here.service] {
			next := state{receiver, here.scanned || scans[receiver]}
			if _, seen := hops[next]; !seen {
				hops[next] = done + 1
				queue = append(queue, next)
			}
		}
	}
	return nil
}
