// mistake: A reminder that moves gets its new time where it stands. The heap does not notice, and keeps it in its old place.
// fails: moved to a later time
package main

import "container/heap"

type entry struct {
	reminder   string
	at, number int
}

type entries []*entry

func (e entries) Len() int           { return len(e) }
func (e entries) Less(i, j int) bool { return e[i].at < e[j].at || e[i].at == e[j].at && e[i].number < e[j].number }
func (e entries) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *entries) Push(added any)    { *e = append(*e, added.(*entry)) }
func (e *entries) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

type Reminders struct {
	waiting map[string]*entry
	heap    entries
	sets    int
}

func NewReminders() *Reminders {
	return &Reminders{waiting: map[string]*entry{}}
}

func (r *Reminders) set(reminder string, at int) bool {
	r.sets++
	if known, found := r.waiting[reminder]; found {
		known.at, known.number = at, r.sets
		return true
	}
	added := &entry{reminder, at, r.sets}
	r.waiting[reminder] = added
	heap.Push(&r.heap, added)
	return false
}

func (r *Reminders) cancel(reminder string) bool {
	known, found := r.waiting[reminder]
	for i, other := range r.heap {
		if other == known {
			heap.Remove(&r.heap, i)
			break
		}
	}
	delete(r.waiting, reminder)
	return found
}

func (r *Reminders) take(now int) *string {
	if len(r.heap) == 0 || r.heap[0].at > now {
		return nil
	}
	first := heap.Pop(&r.heap).(*entry)
	delete(r.waiting, first.reminder)
	return &first.reminder
}

func (r *Reminders) nextAt() *int {
	if len(r.heap) == 0 {
		return nil
	}
	at := r.heap[0].at
	return &at
}
