// mistake: Where there is no way the answer is -1, as is usual for a place that is not found. The problem asks for nil.
// fails: no links
package main

func fewestHops(links [][]string, scanners []string, start string, target string) *int {
	receivers := map[string][]string{}
	for _, link := range links {
		receivers[link[0]] = append(receivers[link[0]], link[1])
	}
	scans := map[string]bool{}
	for _, scanner := range scanners {
		scans[scanner] = true
	}
	type state struct {
		service string
		scanned bool
	}
	seen := map[state]bool{{start, scans[start]}: true}
	level := []state{{start, scans[start]}}
	hops, found := 0, -1
	for len(level) > 0 && found < 0 {
		var next []state
		for _, here := range level {
			if here.scanned && here.service == target {
				found = hops
			}
			for _, receiver := range receivers[here.service] {
				there := state{receiver, here.scanned || scans[receiver]}
				if !seen[there] {
					seen[there] = true
					next = append(next, there)
				}
			}
		}
		level = next
		hops++
	}
	return &found
}
