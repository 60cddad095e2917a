// Keywords and standard names of languages whose grammar brings none that can be used as they are.

const split = (words: string): string[] => words.trim().split(/\s+/);

const SCRIPT = `
  async await break case catch class const continue default delete do else export extends false finally for from function get if
  import in instanceof let new null of return set static super switch this throw true try typeof undefined var void while yield
  Array BigInt Boolean Date Error Infinity Intl JSON Map Math NaN Number Object Promise Proxy RangeError Reflect RegExp Set String
  Symbol TypeError URL URLSearchParams WeakMap WeakSet clearInterval clearTimeout console decodeURIComponent encodeURIComponent
  globalThis isNaN parseFloat parseInt process queueMicrotask require setInterval setTimeout structuredClone`;

export const words: Record<string, string[]> = {
  javascript: split(SCRIPT),
  typescript: split(`${SCRIPT} any as boolean declare enum implements interface keyof namespace never number private protected
    public readonly Record Partial Readonly satisfies string type unknown`),
  java: split(`
    abstract assert boolean break byte case catch char class continue default do double else enum extends final finally float for
    if implements import instanceof int interface long new null package private protected public record return sealed short static
    super switch synchronized this throw throws true false try var void volatile while yield ArrayDeque ArrayList Arrays Collections
    Comparator Deque HashMap HashSet Integer Iterator LinkedHashMap List Long Map Math Optional PriorityQueue Set String
    StringBuilder System TreeMap`),
  go: split(`
    break case chan const continue default defer else fallthrough for func go goto if import interface map package range return
    select struct switch type var any append bool byte cap clear close copy delete error false float64 int int64 len make max min
    new nil panic print println recover rune string true uint64`),
  php: split(`
    abstract array as break callable case catch class clone const continue declare default do echo else elseif empty enum extends
    false final finally fn for foreach function global if implements instanceof interface isset list match namespace new null
    private protected public readonly return static switch this throw trait true try unset use void while yield
    array_filter array_fill array_key_exists array_keys array_map array_merge array_pop array_push array_reduce array_reverse
    array_search array_shift array_slice array_splice array_sum array_unique array_unshift array_values count explode implode
    in_array intdiv is_null max min range sort str_contains str_repeat str_starts_with strlen strrev substr trim usort
    ArrayObject DateTimeImmutable Exception Generator SplObjectStorage SplPriorityQueue SplQueue SplStack`),
  ruby: split(`
    BEGIN END alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue retry
    return self super then true undef unless until when while yield Array Comparable Enumerable Float Hash Integer Kernel Math Proc
    Range Rational Set String Struct Symbol Time attr_accessor attr_reader attr_writer each_cons each_slice each_with_index
    each_with_object freeze include inject initialize lambda loop private proc puts raise require`),
  cpp: split(`
    auto bool break case catch char class const constexpr continue default delete do double else enum explicit false float for
    friend if inline int long namespace new noexcept nullptr operator private protected public return short sizeof static struct
    switch template this throw true try typename union unsigned using virtual void while deque map optional pair priority_queue
    queue set size_t stack std string tuple unordered_map unordered_set vector`),
};
