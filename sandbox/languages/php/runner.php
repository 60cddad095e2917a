<?php

// Runs one case of a program and reports as JSON at descriptor 3.
//
// The program runs at the top level of this script, so that its variables there are global. What is ours is in classes, and
// no variable is left behind. Functions of PHP cannot be defined anew, and what the program sets (handlers, buffers,
// settings) is met where it matters.

final class TrainerRunner
{
    private const REPORT = 'php://fd/3', INPUT = 'php://fd/5';
    public const FILE = '/tmp/solution.php';
    private const MOST_NAME = 200, MOST_MESSAGE = 2000, MOST_TRACE = 6000, MOST_FRAMES = 20, MOST_LINE = 200;
    private const MOST_DEPTH = 200;
    private const FATAL = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;
    private const PLAIN = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION;
    private const SCALARS = ['int' => true, 'float' => true, 'bool' => true, 'str' => true];

    private static int $process;
    private static bool $begun = false, $reported = false;
    private static array $lines, $signature, $arguments;

    // ----- before the program begins -----

    /** Reads what there is to do, and leaves nothing of it in the file that brought it. */
    public static function prepare(): void
    {
        $input = fopen(self::INPUT, 'r+');
        $told = json_decode(stream_get_contents($input), true, 2000000);
        ftruncate($input, 0);
        fclose($input);
        self::$process = getmypid();
        self::$lines = explode("\n", $told['source']);
        self::$signature = $told['signature'];
        self::$arguments = $told['arguments']['values'];
        foreach ($told['arguments']['marks'] as [$where, $number]) {
            self::restore($where, $number);
        }
        file_put_contents(self::FILE, self::script($told['source']));
        spl_autoload_register('trainerRunnerLoad');
        register_shutdown_function([self::class, 'shutDown']);
        mt_srand(1);
    }

    private static function restore(array $where, string $number): void
    {
        $place = &self::$arguments;
        foreach ($where as $step) {
            $place = &$place[$step];
        }
        $place = ['inf' => INF, '-inf' => -INF][$number] ?? NAN;
    }

    /** A program may leave out the tag that PHP's files begin with. Its lines keep their numbers. */
    private static function script(string $source): string
    {
        $source = preg_replace('/\A\x{FEFF}/u', '', $source) ?? $source;
        if (preg_match('/\A(\s*)<\?php(?=\s|\z)/i', $source, $found)) {
            return '<?php' . $found[1] . substr($source, strlen($found[0]));
        }
        return '<?php ' . $source;
    }

    // ----- after the program's top level has run -----

    public static function conclude(): void
    {
        @unlink(self::FILE);
        self::$begun = true;
        try {
            $value = isset(self::$signature['methods']) ? self::callClass() : self::callFunction();
        } catch (TrainerRunnerFailure $failure) {
            self::report($failure->json());
            return;
        } catch (Throwable $error) {
            self::fail($error);
            return;
        }
        self::report('{"status":"returned","value":' . $value . '}');
    }

    private static function callFunction(): string
    {
        ['name' => $name, 'parameters' => $parameters, 'returns' => $returns] = self::$signature;
        $called = self::named($name, get_defined_functions()['user']);
        if ($called === null) {
            throw TrainerRunnerFailure::notDefined('No function "' . self::spelled($name) . '" is defined.');
        }
        $values = self::built(self::$arguments, $parameters);
        self::$arguments = [];
        $answer = $called(...$values);
        foreach ($parameters as $place => [$parameter, $spec]) {
            if ($parameter === self::$signature['in_place']) {
                return self::written($values[$place], $spec);
            }
        }
        return self::written($answer, $returns);
    }

    private static function callClass(): string
    {
        ['constructor' => $constructor, 'methods' => $methods] = self::$signature;
        $kind = self::named($constructor['name'], get_declared_classes());
        if ($kind === null || (new ReflectionClass($kind))->isInternal()) {
            throw TrainerRunnerFailure::notDefined('No class "' . $constructor['name'] . '" is defined.');
        }
        $known = array_column($methods, null, 'name');
        $answers = [];
        $target = null;
        foreach (self::$arguments as $at => $given) {
            $name = array_shift($given);
            try {
                if ($at === 0) {
                    $target = new $kind(...self::built($given, $constructor['parameters']));
                    $spellings = self::methods($target, $kind, array_keys($known));
                    $answers[] = 'null';
                    continue;
                }
                $answer = $target->{$spellings[$name]}(...self::built($given, $known[$name]['parameters']));
            } catch (TrainerRunnerFailure $failure) {
                throw $failure;
            } catch (Throwable $error) {
                throw TrainerRunnerFailure::raised(self::described($error, $at));
            }
            try {
                $answers[] = self::written($answer, $known[$name]['returns']);
            } catch (TrainerRunnerFailure $failure) {
                throw TrainerRunnerFailure::noValue("$failure->what from $spellings[$name], call " . $at + 1);
            }
        }
        return '[' . implode(',', $answers) . ']';
    }

    /** How the program spells each method. One that nothing can answer is missing, whatever the input. */
    private static function methods(object $target, string $kind, array $names): array
    {
        $found = [];
        foreach ($names as $name) {
            $spellings = array_filter([self::spelled($name), $name], fn($one) => method_exists($target, $one));
            if (!$spellings && !method_exists($target, '__call')) {
                $said = 'Class "' . self::short($kind) . '" has no method "' . self::spelled($name) . '".';
                throw TrainerRunnerFailure::notDefined($said);
            }
            $found[$name] = reset($spellings) ?: self::spelled($name);
        }
        return $found;
    }

    /** What of these is called by the name, in one of its spellings and in whatever namespace. */
    private static function named(string $name, array $known): ?string
    {
        $known = array_reverse($known);
        foreach ([self::spelled($name), self::spelled($name) . '_', $name, $name . '_'] as $spelling) {
            foreach ($known as $one) {
                if (strcasecmp(self::short($one), $spelling) === 0) {
                    return $one;
                }
            }
        }
        return null;
    }

    private static function short(string $name): string
    {
        return substr(strrchr('\\' . $name, '\\'), 1);
    }

    /** page_of is pageOf. */
    private static function spelled(string $name): string
    {
        $upper = fn($found) => strtoupper($found[1]);
        return preg_replace_callback('/(?<=[a-z0-9])_+([a-z0-9])/i', $upper, $name);
    }

    // ----- values in -----

    private static function built(array $values, array $parameters): array
    {
        foreach ($parameters as $at => [, $spec]) {
            if (self::hasNodes($spec)) {
                $values[$at] = self::nodesOf($values[$at], $spec);
            }
        }
        return $values;
    }

    private static function hasNodes(mixed $spec): bool
    {
        return is_array($spec) ? self::hasNodes($spec[1]) : $spec === 'ListNode' || $spec === 'TreeNode';
    }

    private static function nodesOf(mixed $value, mixed $spec): mixed
    {
        if (is_array($spec) && $spec[0] === 'optional') {
            return self::nodesOf($value, $spec[1]);
        }
        if ($spec === 'ListNode') {
            return self::chainOf($value ?? []);
        }
        if ($spec === 'TreeNode') {
            return self::treeOf($value ?? []);
        }
        return $value === null ? null : array_map(fn($item) => self::nodesOf($item, $spec[1]), $value);
    }

    private static function chainOf(array $values): ?object
    {
        $kind = new ReflectionClass('ListNode');
        $head = null;
        for ($at = count($values) - 1; $at >= 0; $at--) {
            $node = $kind->newInstanceWithoutConstructor();
            $node->value = $values[$at];
            $node->next = $head;
            $head = $node;
        }
        return $head;
    }

    private static function treeOf(array $values): ?object
    {
        if (!$values || $values[0] === null) {
            return null;
        }
        $kind = new ReflectionClass('TreeNode');
        $waiting = [self::treeNode($kind, $values[0])];
        for ($next = 1, $at = 0; $next < count($values) && $at < count($waiting); $at++) {
            foreach (['left', 'right'] as $side) {
                $value = $values[$next++] ?? null;
                if ($value !== null) {
                    $waiting[] = $waiting[$at]->$side = self::treeNode($kind, $value);
                }
            }
        }
        return $waiting[0];
    }

    private static function treeNode(ReflectionClass $kind, mixed $value): object
    {
        $node = $kind->newInstanceWithoutConstructor();
        $node->value = $value;
        $node->left = $node->right = null;
        return $node;
    }

    // ----- values out -----

    /** The answer, written. Whatever a strange object throws while it is read, the answer is then no value. */
    private static function written(mixed $answer, mixed $spec): string
    {
        ini_set('serialize_precision', '-1');
        try {
            return self::encode($answer, $spec, 0);
        } catch (TrainerRunnerFailure $failure) {
            throw $failure;
        } catch (Throwable) {
            throw TrainerRunnerFailure::noValue(self::typeOf($answer));
        }
    }

    private static function encode(mixed $value, mixed $spec, int $depth): string
    {
        if (is_array($spec) && $spec[0] === 'optional') {
            $spec = $spec[1];
        }
        if ($spec === 'ListNode') {
            return self::chain($value, $depth);
        }
        if ($spec === 'TreeNode') {
            return self::levels($value, $depth);
        }
        return match (true) {
            is_int($value) => (string) $value,
            is_string($value) => self::text($value),
            is_array($value) => self::ofArray($value, $spec, $depth),
            is_null($value) => 'null',
            is_bool($value) => $value ? 'true' : 'false',
            is_float($value) => self::number($value),
            $value instanceof stdClass => self::entries($value, (array) $value, self::part($spec, 'dict'), $depth),
            default => throw TrainerRunnerFailure::noValue(self::typeOf($value)),
        };
    }

    private static function part(mixed $spec, string $kind): mixed
    {
        return is_array($spec) && $spec[0] === $kind ? $spec[1] : 'Json';
    }

    private static function number(float $value): string
    {
        if (is_finite($value)) {
            return json_encode($value, self::PLAIN);
        }
        return is_nan($value) ? 'NaN' : ($value > 0 ? 'Infinity' : '-Infinity');
    }

    private static function text(string $value): string
    {
        $written = json_encode($value, self::PLAIN);
        return $written !== false ? $written : throw TrainerRunnerFailure::noValue('string that is no text in UTF-8');
    }

    /** An array is a list or a dict: what the signature says, or what its keys look like where it says neither. */
    private static function ofArray(array $value, mixed $spec, int $depth): string
    {
        $kind = is_array($spec) ? $spec[0] : 'Json';
        if ($kind !== 'dict' && array_is_list($value)) {
            return self::items($value, $value, self::part($spec, 'list'), $depth);
        }
        if ($kind === 'list' && !array_filter(array_keys($value), 'is_string')) {
            throw TrainerRunnerFailure::noValue('array whose keys do not count from 0');
        }
        return self::entries($value, $value, self::part($spec, 'dict'), $depth);
    }

    /** `$holder` is what is named where an item is no value: the array, or the first of the nodes. */
    private static function items(mixed $holder, array $values, mixed $spec, int $depth): string
    {
        if (isset(self::SCALARS[is_string($spec) ? $spec : '']) && !array_filter($values, 'is_object')) {
            $written = json_encode($values, self::PLAIN, 1);
            if ($written !== false) {
                return $written;
            }
        }
        $found = [];
        foreach ($values as $item) {
            $found[] = self::inside($holder, $item, $spec, $depth);
        }
        return '[' . implode(',', $found) . ']';
    }

    private static function entries(mixed $holder, array $values, mixed $spec, int $depth): string
    {
        $found = [];
        foreach ($values as $key => $item) {
            $found[] = self::text((string) $key) . ':' . self::inside($holder, $item, $spec, $depth);
        }
        return '{' . implode(',', $found) . '}';
    }

    private static function inside(mixed $holder, mixed $value, mixed $spec, int $depth): string
    {
        if ($depth > self::MOST_DEPTH) {
            $what = self::typeOf($holder) . ' nested more than ' . self::MOST_DEPTH . ' deep';
            throw TrainerRunnerFailure::noValue($what);
        }
        try {
            return self::encode($value, $spec, $depth + 1);
        } catch (TrainerRunnerFailure $failure) {
            $what = $failure->what;
            throw TrainerRunnerFailure::noValue(
                str_contains($what, ' ') ? $what : self::typeOf($holder) . " with $what inside"
            );
        }
    }

    private static function nodes(mixed $value, string ...$links): void
    {
        foreach ($links as $link) {
            if (!is_object($value) || !property_exists($value, $link)) {
                throw TrainerRunnerFailure::noValue(self::typeOf($value));
            }
        }
    }

    private static function chain(mixed $first, int $depth): string
    {
        if ($first === null) {
            return '[]';
        }
        self::nodes($first, 'value', 'next');
        $seen = $found = [];
        for ($node = $first; $node !== null; $node = $node->next) {
            if (isset($seen[spl_object_id($node)])) {
                throw TrainerRunnerFailure::noValue('linked list that runs in a circle');
            }
            $seen[spl_object_id($node)] = true;
            $found[] = $node->value;
        }
        return self::items($first, $found, 'Json', $depth);
    }

    private static function levels(mixed $root, int $depth): string
    {
        if ($root === null) {
            return '[]';
        }
        self::nodes($root, 'value', 'left', 'right');
        $seen = $found = $absent = [];
        $waiting = [$root];
        for ($at = 0; $at < count($waiting); $at++) {
            $node = $waiting[$at];
            if ($node === null) {
                $absent[] = null;
                continue;
            }
            if (isset($seen[spl_object_id($node)])) {
                throw TrainerRunnerFailure::noValue('tree in which a node is reached twice');
            }
            $seen[spl_object_id($node)] = true;
            array_push($found, ...$absent);
            $absent = [];
            $found[] = $node->value;
            $waiting[] = $node->left;
            $waiting[] = $node->right;
        }
        return self::items($root, $found, 'Json', $depth);
    }

    // ----- what the program is told -----

    private static function typeOf(mixed $value): string
    {
        $name = is_resource($value) ? 'resource' : explode("\0", get_debug_type($value))[0];
        return self::shorten($name, self::MOST_NAME);
    }

    private static function shorten(string $text, int $most): string
    {
        if (mb_strlen($text, 'UTF-8') <= $most) {
            return $text;
        }
        $half = intdiv($most, 2);
        return mb_substr($text, 0, $half, 'UTF-8') . ' … ' . mb_substr($text, -$half, null, 'UTF-8');
    }

    /** As text in JSON, whatever it holds. */
    private static function safe(string $text): string
    {
        return json_encode($text, self::PLAIN | JSON_INVALID_UTF8_SUBSTITUTE);
    }

    /** A message without places that are ours: "passed in …/runner.php on line 9", "called in …". */
    private static function message(string $said): string
    {
        $ours = '~(?<= passed) in /harness/\S+ on line \d+|, called in /harness/\S+ on line \d+| from scope TrainerRunner~';
        $said = preg_replace($ours, '', $said) ?? $said;
        return self::shorten(str_replace(self::FILE, 'solution.php', $said), self::MOST_MESSAGE);
    }

    private static function described(Throwable $error, ?int $call): string
    {
        $type = self::typeOf($error);
        $message = self::message((string) $error->getMessage());
        [$trace, $line] = self::trace($error);
        return self::error($type, $message, $line, $trace, $call);
    }

    private static function error(string $type, string $message, ?int $line, string $trace, ?int $call = null): string
    {
        $trace = self::shorten($trace . ($message === '' ? $type : "$type: $message"), self::MOST_TRACE);
        return '{"type":' . self::safe($type) . ',"message":' . self::safe($message) . ',"line":' . ($line ?? 'null')
            . ',"trace":' . self::safe($trace) . ',"call":' . ($call ?? 'null') . '}';
    }

    /** The program's own places in the order of the calls, others folded; and the last of them. */
    private static function trace(Throwable $error): array
    {
        $places = [['file' => $error->getFile(), 'line' => $error->getLine()], ...$error->getTrace()];
        $steps = [];
        $line = null;
        $folded = false;
        foreach ($places as $at => $place) {
            $number = self::ownLine($place);
            if ($number === null) {
                $folded = $line !== null;
                continue;
            }
            $line ??= $number;
            if ($at === 0 && self::isInternal($places[1] ?? [])) {
                continue; // the call of it has the same line
            }
            if (count($steps) > self::MOST_FRAMES) {
                $steps[] = "  … more calls\n";
                break;
            }
            if ($folded) {
                $steps[] = "  … in a library\n";
                $folded = false;
            }
            $steps[] = self::step($number, $places[$at + 1] ?? []);
        }
        return [implode('', array_reverse($steps)), $line];
    }

    /** The program's line, also of code that it has made and evaluated there: "solution.php(3) : eval()'d code". */
    private static function ownLine(array $place): ?int
    {
        $file = $place['file'] ?? '';
        if ($file === self::FILE) {
            return $place['line'];
        }
        return str_starts_with($file, self::FILE . '(') ? (int) substr($file, strlen(self::FILE) + 1) : null;
    }

    private static function isInternal(array $call): bool
    {
        $named = isset($call['class']) ? [$call['class'], $call['function']] : $call['function'] ?? '';
        return match (true) {
            is_array($named) => method_exists(...$named) && (new ReflectionMethod(...$named))->isInternal(),
            default => function_exists($named) && (new ReflectionFunction($named))->isInternal(),
        };
    }

    private static function step(int $line, array $call): string
    {
        $within = $call['function'] ?? 'include';
        $named = $within === 'include' ? '' : ', in ' . ($call['class'] ?? '') . ($call['type'] ?? '') . $within;
        $code = mb_substr(trim(self::$lines[$line - 1] ?? ''), 0, self::MOST_LINE, 'UTF-8');
        return "  line $line$named\n" . ($code === '' ? '' : "    $code\n");
    }

    // ----- the report -----

    /** Copies of the process that the program made report nothing. */
    private static function report(string $json): void
    {
        self::$reported = true;
        if (getmypid() !== self::$process) {
            return;
        }
        $out = fopen(self::REPORT, 'w');
        for ($at = 0; $at < strlen($json); $at += $written) {
            $written = fwrite($out, $at ? substr($json, $at) : $json);
        }
        fclose($out);
    }

    /** What the program, or the reading of it, has thrown. */
    public static function fail(Throwable $error): void
    {
        if (!self::$begun && $error instanceof CompileError && $error->getFile() === self::FILE) {
            self::reject(self::typeOf($error), $error->getMessage(), $error->getLine());
        } else {
            self::report('{"status":"raised","error":' . self::described($error, null) . '}');
        }
        self::$begun = true;
    }

    private static function reject(string $type, string $said, int $line): void
    {
        $error = self::error($type, self::message($said), $line, self::step($line, []));
        self::report('{"status":"not compiled","error":' . $error . '}');
    }

    /** The program has ended. Where PHP ended it, that is told; where it ended itself, there is no answer. */
    public static function shutDown(): void
    {
        ini_set('memory_limit', '-1');
        $last = error_get_last();
        if (self::$reported || $last === null || !($last['type'] & self::FATAL)) {
            return;
        }
        ['message' => $said, 'file' => $file, 'line' => $line] = $last;
        if (preg_match('/\A(Allowed memory size of|Out of memory)/', $said)) {
            self::report('{"status":"memory limit"}');
        } elseif (!self::$begun && $last['type'] & (E_COMPILE_ERROR | E_PARSE)) {
            self::reject('FatalError', $said, $line);
        } else {
            $own = self::ownLine(['file' => $file, 'line' => $line]);
            $error = self::error('FatalError', self::message($said), $own, $own === null ? '' : self::step($own, []));
            self::report('{"status":"raised","error":' . $error . '}');
        }
    }
}

/** Ends a case with a report of its own. `what` is told of a value that is none. */
final class TrainerRunnerFailure extends Error
{
    private function __construct(private string $json, public readonly string $what = '')
    {
        parent::__construct();
    }

    public static function noValue(string $what): self
    {
        return new self('{"status":"no value","error":{"type":' . self::text($what) . '}}', $what);
    }

    public static function notDefined(string $said): self
    {
        $said = self::text($said);
        $error = '{"type":"NotDefined","message":' . $said . ',"trace":' . $said . '}';
        return new self('{"status":"not compiled","error":' . $error . '}');
    }

    private static function text(string $text): string
    {
        return json_encode($text, JSON_INVALID_UTF8_SUBSTITUTE);
    }

    public static function raised(string $error): self
    {
        return new self('{"status":"raised","error":' . $error . '}');
    }

    public function json(): string
    {
        return $this->json;
    }
}

/** Defines the classes of nodes where the program asks for them and has none of its own. */
function trainerRunnerLoad(string $name): void
{
    if (strcasecmp($name, 'ListNode') === 0) {
        class ListNode
        {
            public function __construct(public mixed $value = 0, public ?ListNode $next = null)
            {
            }
        }
    }
    if (strcasecmp($name, 'TreeNode') === 0) {
        class TreeNode
        {
            public function __construct(
                public mixed $value = 0,
                public ?TreeNode $left = null,
                public ?TreeNode $right = null,
            ) {
            }
        }
    }
}

TrainerRunner::prepare();
try {
    include TrainerRunner::FILE;
    TrainerRunner::conclude();
} catch (Throwable $trainerRunnerError) {
    TrainerRunner::fail($trainerRunnerError);
}
