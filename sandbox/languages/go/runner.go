// Package harness is what a program is linked with: it reads the arguments of a case, and writes the report.
//
// What the compile step generates calls it. Arguments are flat bytes at descriptor 5, read before anything of the program
// runs; sandbox/executables/flat.py says how they are laid out. The report is JSON at descriptor 3.
package harness

import (
	"math"
	"reflect"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"
)

const (
	reportFD, inputFD                                    = 3, 5
	file                                                 = "solution.go"
	mostName, mostMessage, mostTrace, mostFrames, mostLine = 200, 2000, 6000, 20, 200
	mostStack                                            = 128 << 20
)

// What generated code calls types, whatever a program has declared under their usual names.
type (
	Int   = int
	Float = float64
	Bool  = bool
	Str   = string
	Any   = any
)

// Nothing is what a function answers that returns nothing.
var Nothing any

type ListNode struct {
	Value int
	Next  *ListNode
}

type TreeNode struct {
	Value       int
	Left, Right *TreeNode
}

// Source is the program's text, for traces.
var Source string

var (
	input []byte
	at    int
	out   []byte
	call  = -1
	where = ""
)

// Before the packages that import this one, so before anything of the program.
func init() {
	debug.SetMaxStack(mostStack)
	var status syscall.Stat_t
	if syscall.Fstat(inputFD, &status) == nil {
		input = make([]byte, status.Size)
		for read := 0; read < len(input); {
			n, err := syscall.Read(inputFD, input[read:])
			if err == syscall.EINTR {
				continue
			}
			if n <= 0 {
				break
			}
			read += n
		}
	}
	syscall.Close(inputFD)
}

// ----- values in -----

func ReadInt() int {
	at += 8
	return int(word(at - 8))
}

func ReadFloat() float64 {
	at += 8
	return math.Float64frombits(word(at - 8))
}

func word(from int) uint64 {
	b := input[from : from+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func ReadBool() bool {
	at++
	return input[at-1] != 0
}

// ReadCount reads the number of what follows.
func ReadCount() int {
	b := input[at : at+4]
	at += 4
	return int(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24)
}

func ReadStr() string {
	length := ReadCount()
	at += length
	return string(input[at-length : at])
}

func ReadNone() any {
	return nil
}

func ReadList[T any](read func() T) func() []T {
	return func() []T {
		found := make([]T, ReadCount())
		for i := range found {
			found[i] = read()
		}
		return found
	}
}

func ReadDict[T any](read func() T) func() map[string]T {
	return func() map[string]T {
		count := ReadCount()
		found := make(map[string]T, count)
		for ; count > 0; count-- {
			key := ReadStr()
			found[key] = read()
		}
		return found
	}
}

func ReadOptional[T any](read func() T) func() *T {
	return func() *T {
		if !ReadBool() {
			return nil
		}
		found := read()
		return &found
	}
}

func ReadListNode() *ListNode {
	nodes := make([]ListNode, ReadCount())
	for i := range nodes {
		nodes[i].Value = ReadInt()
		if i > 0 {
			nodes[i-1].Next = &nodes[i]
		}
	}
	if len(nodes) == 0 {
		return nil
	}
	return &nodes[0]
}

func ReadTreeNode() *TreeNode {
	count := ReadCount()
	if count == 0 {
		return nil
	}
	next := func() *TreeNode {
		count--
		if !ReadBool() {
			return nil
		}
		return &TreeNode{Value: ReadInt()}
	}
	root := next()
	waiting := []*TreeNode{root}
	for i := 0; count > 0; i++ {
		if i >= len(waiting) || waiting[i] == nil {
			for ; count > 0; next() {
			}
			break
		}
		waiting[i].Left = next()
		if waiting[i].Left != nil {
			waiting = append(waiting, waiting[i].Left)
		}
		if count > 0 {
			if waiting[i].Right = next(); waiting[i].Right != nil {
				waiting = append(waiting, waiting[i].Right)
			}
		}
	}
	return root
}

// ----- values out -----

// What is raised where an answer cannot be written. The text says what it is.
type noValue string

func WriteInt(value int) {
	out = strconv.AppendInt(out, int64(value), 10)
}

// A float keeps its point, so that it is read as one.
func WriteFloat(value float64) {
	switch {
	case math.IsNaN(value):
		out = append(out, "NaN"...)
	case math.IsInf(value, 1):
		out = append(out, "Infinity"...)
	case math.IsInf(value, -1):
		out = append(out, "-Infinity"...)
	default:
		begin := len(out)
		out = strconv.AppendFloat(out, value, 'g', -1, 64)
		for _, sign := range out[begin:] {
			if sign == '.' || sign == 'e' {
				return
			}
		}
		out = append(out, ".0"...)
	}
}

func WriteBool(value bool) {
	out = strconv.AppendBool(out, value)
}

func WriteStr(value string) {
	if !utf8.ValidString(value) {
		panic(noValue("string with bytes that are no UTF-8"))
	}
	writeText(value)
}

func writeText(value string) {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for i := 0; i < len(value); i++ {
		switch sign := value[i]; {
		case sign == '"' || sign == '\\':
			out = append(out, '\\', sign)
		case sign < ' ' || sign == 0x7f:
			out = append(out, '\\', 'u', '0', '0', hex[sign>>4], hex[sign&15])
		default:
			out = append(out, sign)
		}
	}
	out = append(out, '"')
}

func WriteNone(any) {
	out = append(out, "null"...)
}

func WriteList[T any](write func(T)) func([]T) {
	return func(items []T) {
		out = append(out, '[')
		for i, item := range items {
			if i > 0 {
				out = append(out, ',')
			}
			write(item)
		}
		out = append(out, ']')
	}
}

func WriteDict[T any](write func(T)) func(map[string]T) {
	return func(entries map[string]T) {
		out = append(out, '{')
		first := true
		for key, item := range entries {
			if !first {
				out = append(out, ',')
			}
			first = false
			WriteStr(key)
			out = append(out, ':')
			write(item)
		}
		out = append(out, '}')
	}
}

func WriteOptional[T any](write func(T)) func(*T) {
	return func(value *T) {
		if value == nil {
			out = append(out, "null"...)
			return
		}
		write(*value)
	}
}

// A second walk at half the pace is met where a list runs in a circle.
func WriteListNode(node *ListNode) {
	out = append(out, '[')
	slow := node
	for n := 0; node != nil; node = node.Next {
		if n > 0 {
			if node == slow {
				panic(noValue("linked list that runs in a circle"))
			}
			if n%2 == 0 {
				slow = slow.Next
			}
			out = append(out, ',')
		}
		WriteInt(node.Value)
		n++
	}
	out = append(out, ']')
}

func WriteTreeNode(root *TreeNode) {
	out = append(out, '[')
	if root == nil {
		out = append(out, ']')
		return
	}
	seen := map[*TreeNode]struct{}{}
	absent := 0
	for waiting := []*TreeNode{root}; len(waiting) > 0; waiting = waiting[1:] {
		node := waiting[0]
		if node == nil {
			absent++
			continue
		}
		if _, found := seen[node]; found {
			panic(noValue("tree in which a node is reached twice"))
		}
		if len(seen) > 0 {
			out = append(out, ',')
		}
		for ; absent > 0; absent-- {
			out = append(out, "null,"...)
		}
		seen[node] = struct{}{}
		WriteInt(node.Value)
		waiting = append(waiting, node.Left, node.Right)
	}
	out = append(out, ']')
}

// ----- one case -----

// Answer writes the value of a function.
func Answer[T any](write func(T), value T) {
	where = "answer"
	write(value)
}

// Call begins one of a class's calls. The first makes the object, and answers nothing.
func Call() int {
	call++
	if call == 0 {
		out = append(out, "[null"...)
	}
	return ReadCount()
}

// AnswerOf writes the value of a method.
func AnswerOf[T any](name string, write func(T), value T) {
	where = "answer of " + name
	out = append(out, ',')
	write(value)
	where = ""
}

// Calls says how many calls there are.
func Calls() int {
	return ReadCount()
}

// Run runs a case, and reports how it ended. It does not return.
func Run(program func()) {
	out = append(make([]byte, 0, 512), `{"status":"returned","value":`...)
	attempt(program)
	if call >= 0 {
		out = append(out, ']')
	}
	out = append(out, '}')
	report()
}

func attempt(program func()) {
	ended := false
	defer func() {
		if ended {
			return
		}
		switch value := recover().(type) {
		case nil: // it ended its goroutine, or raised nothing
		case noValue:
			told := string(value)
			if name := strings.TrimPrefix(where, "answer of "); name != where {
				told += " from " + name + ", call " + strconv.Itoa(call+1)
			}
			out = append(out[:0], `{"status":"no value","error":{"type":`...)
			writeText(told)
			out = append(out, "}}"...)
			report()
		default:
			raised(value)
		}
	}()
	program()
	ended = true
}

func report() {
	for left := out; len(left) > 0; {
		n, err := syscall.Write(reportFD, left)
		if err != nil && err != syscall.EINTR {
			syscall.Exit(1)
		}
		if n > 0 {
			left = left[n:]
		}
	}
	syscall.Exit(0)
}

// ----- what the program is told -----

func raised(value any) {
	name, message := described(value)
	line, trace := traced()
	last := name
	if message != "" {
		last += ": " + message
	}
	out = append(out[:0], `{"status":"raised","error":{"type":`...)
	writeText(shortened(name, mostName))
	out = append(out, `,"message":`...)
	writeText(shortened(message, mostMessage))
	out = append(out, `,"line":`...)
	if line > 0 {
		WriteInt(line)
	} else {
		WriteNone(nil)
	}
	out = append(out, `,"trace":`...)
	writeText(shortened(trace+last, mostTrace))
	out = append(out, `,"call":`...)
	if call >= 0 {
		WriteInt(call)
	} else {
		WriteNone(nil)
	}
	out = append(out, "}}"...)
	report()
}

func described(value any) (name, message string) {
	defer func() {
		if recover() != nil { // its own method has failed
			name, message = "panic", "a value whose text cannot be had"
		}
	}()
	switch value := value.(type) {
	case runtime.Error:
		return "runtime error", strings.TrimPrefix(value.Error(), "runtime error: ")
	case error:
		return reflect.TypeOf(value).String(), value.Error()
	case string:
		return "panic", value
	case interface{ String() string }:
		return reflect.TypeOf(value).String(), value.String()
	}
	found := reflect.ValueOf(value)
	switch found.Kind() {
	case reflect.String:
		return found.Type().String(), found.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "panic", strconv.FormatInt(found.Int(), 10)
	case reflect.Float64:
		return "panic", strconv.FormatFloat(found.Float(), 'g', -1, 64)
	}
	return "panic", "a value of type " + found.Type().String()
}

// The program's own frames in the order of the calls, from the outermost on.
func traced() (line int, trace string) {
	places := make([]uintptr, 100)
	frames := runtime.CallersFrames(places[:runtime.Callers(3, places)])
	lines := strings.Split(Source, "\n")
	shown := 0
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		if frame.File != file {
			continue
		}
		if line == 0 {
			line = frame.Line
		}
		if shown++; shown > mostFrames {
			trace = "  … more calls\n" + trace
			break
		}
		step := "  line " + strconv.Itoa(frame.Line) + ", in " + strings.TrimPrefix(frame.Function, "solution.") + "\n"
		if frame.Line <= len(lines) {
			if code := strings.TrimSpace(lines[frame.Line-1]); code != "" {
				step += "    " + cut(code, mostLine) + "\n"
			}
		}
		trace = step + trace
	}
	return line, trace
}

func shortened(text string, most int) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if len(text) <= most {
		return text
	}
	return cut(text, most/2) + " … " + strings.ToValidUTF8(text[len(text)-most/2:], "")
}

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "")
}
