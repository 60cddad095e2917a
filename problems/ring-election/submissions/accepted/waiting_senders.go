package main

func hops(priorities []int) []int {
	n := len(priorities)
	answer := make([]int, n)
	var senders []int // whose messages still travel; the priorities fall from one to the next
	for i := 0; i < 2*n; i++ {
		priority := priorities[i%n]
		for len(senders) > 0 && priorities[senders[len(senders)-1]] <= priority {
			sender := senders[len(senders)-1]
			senders = senders[:len(senders)-1]
			answer[sender] = i - sender
		}
		if i < n && priority > 0 {
			senders = append(senders, i)
		}
	}
	return answer
}
