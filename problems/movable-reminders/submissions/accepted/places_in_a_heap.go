package main

import "container/heap"

type entry struct {
	reminder   string
	at, number int
	place      int // in the heap
}

type entries []*entry

func (e entries) Len() int { return len(e) }
func (e entries) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].number < e[j].number
}
func (e entries) Swap(i, j int) {
	e[i], e[j] = e[j], e[i]
	e[i].place, e[j].place = i, j
}
func (e *entries) Push(new any) {
	new.(*entry).place = len(*e)
	*e = append(*e, new.(*entry))
}
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
		heap.Fix(&r.heap, known.place)
		return true
	}
	added := &entry{reminder: reminder, at: at, number: r.sets}
	r.waiting[reminder] = added
	heap.Push(&r.heap, added)
	return false
}

func (r *Reminders) cancel(reminder string) bool {
	known, found := r.waiting[reminder]
	if found {
		heap.Remove(&r.heap, known.place)
		delete(r.waiting, reminder)
	}
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
	return &r.heap[0].at
}
