// Python's words: keywords, built-in names, and of the standard library what solutions and services use.

const split = (words: string): string[] => words.trim().split(/\s+/);

export const keywords = split(`
  and as assert async await break case class continue def del elif else except False finally for from global if import in is
  lambda match None nonlocal not or pass raise return True try while with yield`);

export const functions = split(`
  abs aiter all anext any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict dir divmod enumerate
  filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max
  memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str
  sum super tuple type vars zip`);

export const errors = split(`
  ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError ConnectionError EOFError Exception
  FileExistsError FileNotFoundError ImportError IndexError KeyboardInterrupt KeyError LookupError MemoryError NameError
  NotImplementedError OSError OverflowError PermissionError RecursionError RuntimeError StopAsyncIteration StopIteration
  SystemExit TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError ValueError ZeroDivisionError`);

/** Methods of the built-in types, and of deques. */
export const methods = split(`
  add append appendleft as_integer_ratio bit_count bit_length capitalize casefold clear copy count decode difference discard
  encode endswith expandtabs extend extendleft find format fromkeys get index insert intersection isalnum isalpha isdecimal
  isdigit isdisjoint isidentifier islower isspace issubset issuperset isupper items join keys ljust lower lstrip most_common
  move_to_end partition pop popitem popleft remove removeprefix removesuffix replace reverse rfind rindex rjust rotate rpartition
  rsplit rstrip setdefault sort split splitlines startswith strip symmetric_difference title total translate union update upper
  values zfill`);

/** Modules, and what one takes from each. */
export const modules: Record<string, string[]> = Object.fromEntries(
  Object.entries({
    abc: "ABC abstractmethod",
    argparse: "ArgumentParser Namespace",
    array: "array",
    asyncio: "CancelledError Event Lock Queue Semaphore TaskGroup create_task gather run sleep timeout to_thread wait wait_for",
    base64: "b64decode b64encode urlsafe_b64decode urlsafe_b64encode",
    bisect: "bisect bisect_left bisect_right insort insort_left insort_right",
    collections: "ChainMap Counter OrderedDict UserDict defaultdict deque namedtuple",
    "collections.abc": "Callable Generator Hashable Iterable Iterator Mapping MutableMapping Sequence Sized",
    contextlib: "closing contextmanager nullcontext redirect_stdout suppress",
    copy: "copy deepcopy replace",
    csv: "DictReader DictWriter reader writer",
    dataclasses: "asdict astuple dataclass field fields replace",
    datetime: "UTC date datetime time timedelta timezone",
    decimal: "Decimal ROUND_DOWN ROUND_HALF_EVEN ROUND_HALF_UP getcontext localcontext",
    enum: "Enum Flag IntEnum StrEnum auto unique",
    fractions: "Fraction",
    functools: "cache cached_property cmp_to_key lru_cache partial reduce singledispatch total_ordering wraps",
    hashlib: "blake2b md5 new sha1 sha256 sha512",
    heapq: "heapify heappop heappush heappushpop heapreplace merge nlargest nsmallest",
    hmac: "compare_digest digest new",
    http: "HTTPMethod HTTPStatus",
    "http.client": "HTTPConnection HTTPException HTTPResponse HTTPSConnection",
    "http.server": "BaseHTTPRequestHandler HTTPServer ThreadingHTTPServer",
    io: "BytesIO StringIO TextIOWrapper",
    itertools:
      "accumulate batched chain combinations combinations_with_replacement compress count cycle dropwhile groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest",
    json: "JSONDecodeError dump dumps load loads",
    logging: "DEBUG ERROR INFO WARNING basicConfig critical debug error exception getLogger info warning",
    math: "ceil comb cos dist exp factorial floor fsum gcd hypot inf isclose isfinite isinf isnan isqrt lcm log log10 log2 nan perm pi prod sin sqrt tan trunc",
    operator: "add attrgetter eq ge gt itemgetter le lt methodcaller mul ne neg or_ sub xor",
    os: "cpu_count environ fsync getenv getpid listdir makedirs path remove rename replace scandir urandom",
    "os.path": "basename dirname exists getsize isdir isfile join splitext",
    pathlib: "Path PurePath PurePosixPath",
    queue: "Empty Full LifoQueue PriorityQueue Queue SimpleQueue",
    random: "Random choice choices randint random randrange sample seed shuffle uniform",
    re: "IGNORECASE MULTILINE VERBOSE compile escape finditer findall fullmatch match search split sub",
    secrets: "choice compare_digest randbelow token_bytes token_hex token_urlsafe",
    signal: "SIGINT SIGTERM signal",
    socket: "AF_INET SO_REUSEADDR SOCK_STREAM SOL_SOCKET create_connection socket timeout",
    sqlite3: "Connection Cursor Error IntegrityError OperationalError Row connect",
    statistics: "fmean mean median mode pstdev quantiles stdev variance",
    string: "Template ascii_letters ascii_lowercase ascii_uppercase digits hexdigits punctuation whitespace",
    struct: "Struct calcsize pack unpack unpack_from",
    subprocess: "CalledProcessError PIPE Popen run",
    sys: "argv exit getsizeof maxsize path setrecursionlimit stderr stdin stdout",
    tempfile: "NamedTemporaryFile TemporaryDirectory mkstemp",
    threading: "Condition Event Lock RLock Semaphore Thread Timer current_thread local",
    time: "monotonic monotonic_ns perf_counter perf_counter_ns process_time sleep strftime time time_ns",
    typing: "Any ClassVar Final Generic Literal NamedTuple NoReturn Protocol Self TypedDict TypeVar cast overload",
    "urllib.parse": "parse_qs parse_qsl quote unquote urlencode urljoin urlparse urlsplit",
    "urllib.request": "Request urlopen",
    uuid: "UUID uuid4 uuid5",
    weakref: "WeakKeyDictionary WeakSet WeakValueDictionary ref",
    zlib: "adler32 compress crc32 decompress",
  }).map(([name, members]) => [name, split(members)]),
);
