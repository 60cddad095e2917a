// mistake: Assigning a slice does not copy it: sorting it to find the highest priority sorts the ring itself.
// fails: falling priorities
package main

import "sort"

func hops(priorities []int) []int {
	n := len(priorities)
	if n == 0 {
		return []int{}
	}
	ranked := priorities
	sort.Ints(ranked)
	highest := ranked[n-1]

	answer := make([]int, n)
	var senders []int
	for i := 0; i < 2*n; i++ {
		priority := priorities[i%n]
		for len(senders) > 0 && priorities[senders[len(senders)-1]] <= priority {
			sender := senders[len(senders)-1]
			senders = senders[:len(senders)-1]
			answer[sender] = i - sender
		}
		if i >= n && priority == highest {
			break
		}
		if i < n && priority > 0 {
			senders = append(senders, i)
		}
	}
	return answer
}
