type Counter struct{ n int }

func NewCounter(start int) *Counter { return &Counter{start} }

func (c *Counter) Add(n int) int {
	c.n += n
	return c.n
}
