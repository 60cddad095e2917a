# Runs one case of a program and reports as JSON at descriptor 3.
#
# The program shares this interpreter: its arrays are arrays, its errors are errors, and what it defines at its top level is
# a method of every object. So all that is used after it has begun was taken before, as methods without an object, which
# are bound to what they are asked of. What the program overrides changes its own answer only.

module TrainerRunner
  REPORT = IO.for_fd(3, "wb", autoclose: false)
  REPORT.sync = REPORT.close_on_exec = true
  INPUT_FD = 5
  FILE, PLACE = "solution.rb".freeze, "/tmp/solution.rb".freeze
  MOST_FRAMES, MOST_WALKED, MOST_LINE = 20, 100, 200
  MOST_DEPTH, MOST_DIGITS = 200, 4200
  LARGEST = 2**63 - 1
  STARTED = $$

  def self.method_of(owner, name)
    owner.instance_method(name)
  end

  CLASS, RESPONDS = method_of(Kernel, :class), method_of(Kernel, :respond_to?)
  PUBLIC_SEND, SAME = method_of(Kernel, :public_send), method_of(BasicObject, :equal?)
  IS, NAME, ANCESTORS = method_of(Module, :===), method_of(Module, :name), method_of(Module, :ancestors)
  HAS_METHOD, METHOD, CONSTANT, HAS_CONSTANT =
    %i[method_defined? instance_method const_get const_defined?].map { |name| method_of(Module, name) }
  OWNER, CALL = method_of(UnboundMethod, :owner), method_of(UnboundMethod, :bind_call)
  CREATE = method_of(Class, :new)
  DIGITS, LESS, PLUS = method_of(Integer, :to_s), method_of(Integer, :<), method_of(Integer, :+)
  FLOAT_TEXT = method_of(Float, :to_s)
  EACH, ALL, MAP, JOIN, PUSH, MOST, LEAST, AT, COUNT, REVERSE =
    %i[each all? map join push max min [] length reverse].map { |name| method_of(Array, name) }
  EACH_PAIR, HOLDS, PUT, FETCH = %i[each_pair key? []= []].map { |name| method_of(Hash, name) }
  BY_IDENTITY = method_of(Hash, :compare_by_identity)
  ENCODING, VALID, LENGTH, ENCODE, REPLACE, SCRUB, SLICE, IS_TEXT, STRIP, ONLY_ASCII, MATCHES =
    %i[encoding valid_encoding? length encode gsub scrub [] == strip ascii_only? match?]
      .map { |name| method_of(String, name) }
  TEXT_OF_SYMBOL = method_of(Symbol, :name)
  LOCATIONS = method_of(Exception, :backtrace_locations)
  PATH, LINE, LABEL, BASE =
    %i[path lineno label base_label].map { |name| method_of(Thread::Backtrace::Location, name) }
  WRITE, FLUSH = method_of(IO, :write), method_of(IO, :flush)
  LEAVE = method_of(Process.singleton_class, :exit!)
  FAIL = method_of(Kernel.singleton_class, :raise)
  OUTPUT, UTF_8, MAIN = STDOUT, Encoding::UTF_8, TOPLEVEL_BINDING.receiver
  OWNERS = [MAIN.singleton_class, Object].freeze

  SPECIAL = /["\\\u0000-\u001f]/
  ESCAPED = (0..31).to_h { |code| [code.chr, format("\\u%04x", code)] }.merge('"' => '\\"', "\\" => "\\\\").freeze
  SYNTAX_PLACE = /\Asolution\.rb:(\d+): */

  class NoValue < Exception
    attr_reader :what

    def initialize(what)
      @what = what
      super()
    end
  end

  class NotDefined < Exception
    attr_reader :said

    def initialize(said)
      @said = said
      super()
    end
  end

  # A type of the signature. An optional value is told apart by being nil.
  class Spec
    attr_reader :list, :dict, :chain, :tree, :packed, :part

    def initialize(spec)
      kind, part = spec
      kind, part = part if kind == "optional"
      @list, @dict = kind == "list", kind == "dict"
      @chain, @tree = kind == "ListNode", kind == "TreeNode"
      @part = Spec.new(part) if part
      @packed = { "int" => "q<*", "float" => "E*" }[part] if @list
    end

    def nodes?
      @chain || @tree || (@part ? @part.nodes? : false)
    end
  end
  ANY = Spec.new("Json")

  # How long a text may be, and what is kept of one that is longer: its first and last characters.
  Bound = Struct.new(:most, :first, :last) do
    def self.of(most)
      new(most, most / 2, -(most / 2)).freeze
    end
  end
  MOST_NAME, MOST_MESSAGE, MOST_TRACE = [200, 2000, 6000].map { |most| Bound.of(most) }

  # A call of the program's: what is called, with which values, and which type it answers.
  Call = Struct.new(:name, :given, :returns)

  class << self
    # ----- values in: before the program begins -----

    def built(value, spec)
      return chain_of(value) if spec.chain
      return tree_of(value) if spec.tree
      return value.unpack(spec.packed) if spec.packed && value.is_a?(String)
      return value if value.nil? || !spec.nodes?
      return value.map { |item| built(item, spec.part) } if spec.list

      value.transform_values { |item| built(item, spec.part) }
    end

    def chain_of(values)
      (values || []).reverse_each.inject(nil) { |head, value| ListNode.new(value, head) }
    end

    def tree_of(values)
      return nil if values.nil? || values.empty? || values[0].nil?

      root = TreeNode.new(values[0])
      waiting, at, following = [root], 0, 1
      while following < values.length && at < waiting.length
        node = waiting[at]
        at += 1
        unless values[following].nil?
          node.left = TreeNode.new(values[following])
          waiting << node.left
        end
        unless values[following + 1].nil?
          node.right = TreeNode.new(values[following + 1])
          waiting << node.right
        end
        following += 2
      end
      root
    end

    # ----- values out -----

    def encode(value, spec, depth)
      return chain(value, depth) if spec.chain
      return levels(value, depth) if spec.tree
      return digits(value) if IS.bind_call(Integer, value)
      return text(value) if IS.bind_call(String, value)
      return items(value, value, spec.list ? spec.part : ANY, depth) if IS.bind_call(Array, value)
      return "null" if IS.bind_call(NilClass, value)
      return FLOAT_TEXT.bind_call(value) if IS.bind_call(Float, value)
      return "true" if IS.bind_call(TrueClass, value)
      return "false" if IS.bind_call(FalseClass, value)
      return entries(value, spec.dict ? spec.part : ANY, depth) if IS.bind_call(Hash, value)

      refuse(name_of(value))
    end

    def digits(value)
      found = DIGITS.bind_call(value)
      refuse("Integer of more than 4,000 digits") if LESS.bind_call(MOST_DIGITS, LENGTH.bind_call(found))
      found
    end

    def text(value)
      unless SAME.bind_call(UTF_8, ENCODING.bind_call(value)) || ONLY_ASCII.bind_call(value)
        value = in_utf_8(value)
      end
      refuse("String that is no text in UTF-8") unless VALID.bind_call(value)
      return "\"#{value}\"" unless MATCHES.bind_call(value, SPECIAL)

      "\"#{REPLACE.bind_call(value, SPECIAL, ESCAPED)}\""
    end

    def in_utf_8(value)
      ENCODE.bind_call(value, UTF_8)
    rescue EncodingError
      refuse("String that is no text in UTF-8")
    end

    # `holder` is what is named where an item is no value: the array, or the first of the nodes.
    def items(values, holder, spec, depth)
      return "[#{JOIN.bind_call(values, ",")}]" if small?(values) || ALL.bind_call(values, Float)

      "[#{JOIN.bind_call(MAP.bind_call(values) { |item| inside(item, holder, spec, depth) }, ",")}]"
    end

    # Are these all whole numbers of a usual size? Then they are written in one go.
    def small?(value)
      return false unless ALL.bind_call(value, Integer)

      most = MOST.bind_call(value)
      !most || (LESS.bind_call(most, LARGEST) && LESS.bind_call(-LARGEST, LEAST.bind_call(value)))
    end

    def entries(value, spec, depth)
      found, keys = [], {}
      EACH_PAIR.bind_call(value) do |key, item|
        written = key_text(key, value)
        refuse("#{name_of(value)} with #{written} as a String and as a Symbol") if HOLDS.bind_call(keys, written)
        PUT.bind_call(keys, written, true)
        PUSH.bind_call(found, "#{written}:#{inside(item, value, spec, depth)}")
      end
      "{#{JOIN.bind_call(found, ",")}}"
    end

    def key_text(key, holder)
      return text(key) if IS.bind_call(String, key)
      return text(TEXT_OF_SYMBOL.bind_call(key)) if IS.bind_call(Symbol, key)

      refuse("#{name_of(holder)} with keys of type #{name_of(key)}")
    end

    def inside(value, holder, spec, depth)
      if LESS.bind_call(MOST_DEPTH, depth)
        refuse("#{name_of(holder)} nested more than #{DIGITS.bind_call(MOST_DEPTH)} deep")
      end
      encode(value, spec, PLUS.bind_call(depth, 1))
    rescue NoValue => error
      refuse(MATCHES.bind_call(error.what, / /) ? error.what : "#{name_of(holder)} with #{error.what} inside")
    end

    def nodes!(value, *links)
      EACH.bind_call(links) { |link| refuse(name_of(value)) unless RESPONDS.bind_call(value, link) }
    end

    def chain(first, depth)
      return "[]" if IS.bind_call(NilClass, first)

      nodes!(first, :value, :next)
      node = first
      seen, found = BY_IDENTITY.bind_call({}), []
      until IS.bind_call(NilClass, node)
        refuse("linked list that runs in a circle") if HOLDS.bind_call(seen, node)
        PUT.bind_call(seen, node, true)
        PUSH.bind_call(found, node.value)
        node = node.next
      end
      items(found, first, ANY, depth)
    end

    def levels(root, depth)
      return "[]" if IS.bind_call(NilClass, root)

      nodes!(root, :value, :left, :right)
      seen, found, absent, waiting, at = BY_IDENTITY.bind_call({}), [], [], [root], 0
      while LESS.bind_call(at, COUNT.bind_call(waiting))
        node = AT.bind_call(waiting, at)
        at = PLUS.bind_call(at, 1)
        if IS.bind_call(NilClass, node)
          PUSH.bind_call(absent, nil)
          next
        end
        refuse("tree in which a node is reached twice") if HOLDS.bind_call(seen, node)
        PUT.bind_call(seen, node, true)
        PUSH.bind_call(found, *absent)
        absent = []
        PUSH.bind_call(found, node.value)
        PUSH.bind_call(waiting, node.left, node.right)
      end
      items(found, root, ANY, depth)
    end

    def pass_on(error)
      FAIL.bind_call(Kernel, error)
    end

    def refuse(what)
      pass_on(NoValue.new(what))
    end

    # ----- what the program is told -----

    # The name of a class; one that has none goes by that of the first class above it.
    def name_of(value)
      class_name(CLASS.bind_call(value))
    end

    def class_name(kind)
      EACH.bind_call(ANCESTORS.bind_call(kind)) do |one|
        name = NAME.bind_call(one)
        return shorten(name, MOST_NAME) if name
      end
      "object"
    end

    def shorten(found, most)
      return found unless LESS.bind_call(most.most, LENGTH.bind_call(found))

      "#{SLICE.bind_call(found, 0, most.first)} … #{SLICE.bind_call(found, most.last, most.first)}"
    end

    # As text, whatever it holds.
    def readable(found)
      return "" unless IS.bind_call(String, found)

      found = ENCODE.bind_call(found, UTF_8, invalid: :replace, undef: :replace)
      SCRUB.bind_call(found, "\uFFFD")
    rescue EncodingError
      ""
    end

    def message_of(error)
      shorten(readable(error.message), MOST_MESSAGE)
    rescue Exception
      "(its message could not be made)"
    end

    def describe(error, lines, call)
      type, message = name_of(error), message_of(error)
      trace, line = trace_of(error, lines)
      last = IS_TEXT.bind_call(message, "") || IS_TEXT.bind_call(message, type) ? type : "#{type}: #{message}"
      "{\"type\":#{text(type)},\"message\":#{text(message)},\"line\":#{line ? DIGITS.bind_call(line) : "null"}," \
        "\"trace\":#{text(shorten("#{trace}#{last}", MOST_TRACE))},\"call\":#{call ? DIGITS.bind_call(call) : "null"}}"
    end

    # The program's own frames in the order of the calls; others are folded.
    def trace_of(error, lines)
      steps, line, folded, shown = [], nil, false, 0
      EACH.bind_call(own_frames(error)) do |number, label, named|
        if number.nil?
          folded = line
          next
        end
        line ||= number
        shown = PLUS.bind_call(shown, 1)
        if LESS.bind_call(MOST_FRAMES, shown)
          PUSH.bind_call(steps, "  … more calls\n")
          break
        end
        PUSH.bind_call(steps, "  … in a library\n") if folded
        folded = false
        PUSH.bind_call(steps, step(number, named ? label : nil, FETCH.bind_call(lines, number)))
      end
      [JOIN.bind_call(REVERSE.bind_call(steps)), line]
    end

    # Line, label and whether that is a name, of each frame; without a line where it is not the program's. A method that
    # is written in C has the line of its caller, which comes next: it is left out, and so is a block on that line.
    def own_frames(error)
      found, before = [], nil
      EACH.bind_call(LOCATIONS.bind_call(error) || []) do |frame|
        frame = frame_of(frame)
        PUSH.bind_call(found, before) if before && !repeats?(before, frame)
        before = frame
        break if LESS.bind_call(MOST_WALKED, COUNT.bind_call(found))
      end
      PUSH.bind_call(found, before) if before
      found
    end

    def frame_of(frame)
      return [nil, "", false] unless IS_TEXT.bind_call(PATH.bind_call(frame), FILE)

      [LINE.bind_call(frame), LABEL.bind_call(frame), !IS_TEXT.bind_call(BASE.bind_call(frame), "<compiled>")]
    end

    def repeats?(before, frame)
      number, label = before
      other, caller = frame
      number && other && SAME.bind_call(number, other) && !IS_TEXT.bind_call(label, caller)
    end

    def step(number, called, code)
      place = "  line #{DIGITS.bind_call(number)}"
      place = "#{place}, in #{called}" if called
      code = code ? SLICE.bind_call(STRIP.bind_call(code), 0, MOST_LINE) : ""
      IS_TEXT.bind_call(code, "") ? "#{place}\n" : "#{place}\n    #{code}\n"
    end

    def syntax(error)
      said = readable(error.message)
      line = said[SYNTAX_PLACE, 1]
      message = said.sub(SYNTAX_PLACE, "").lines.first.to_s.strip
      "{\"type\":\"SyntaxError\",\"message\":#{text(shorten(message, MOST_MESSAGE))},\"line\":#{line || "null"}," \
        "\"trace\":#{text(shorten(said, MOST_TRACE))}}"
    end

    # ----- the report -----

    # Copies of the process that the program made report nothing.
    def report(json)
      if SAME.bind_call(STARTED, $$)
        WRITE.bind_call(REPORT, json)
        FLUSH.bind_call(OUTPUT)
      end
    rescue IOError, SystemCallError
      nil # the program has closed one of them
    ensure
      LEAVE.bind_call(Process, 0)
    end

    def report_failure(error, lines, call)
      if IS.bind_call(NoValue, error)
        report("{\"status\":\"no value\",\"error\":{\"type\":#{text(error.what)}}}")
      elsif IS.bind_call(NotDefined, error)
        said = text(error.said)
        error = "{\"type\":\"NotDefined\",\"message\":#{said},\"trace\":#{said}}"
        report("{\"status\":\"not compiled\",\"error\":#{error}}")
      elsif IS.bind_call(NoMemoryError, error)
        report('{"status":"memory limit"}')
      elsif IS.bind_call(SystemExit, error)
        pass_on(error) # Ruby ends as it always does, with this exit code
      else
        report("{\"status\":\"raised\",\"error\":#{describe(error, lines, call)}}")
      end
    end

    # ----- running -----

    # The answer, written. Whatever a strange object raises while it is read, the answer is then no value.
    def written(answer, spec)
      encode(answer, spec, 0)
    rescue NoValue, NoMemoryError => error
      pass_on(error)
    rescue Exception
      refuse(name_of(answer))
    end

    def missing(said)
      pass_on(NotDefined.new(said))
    end

    # What the program defines by this name at its top level.
    def defined(name)
      EACH.bind_call(OWNERS) do |owner|
        found = METHOD.bind_call(owner, name)
        return found if SAME.bind_call(OWNER.bind_call(found), owner)
      rescue NameError
        next
      end
      missing("No method \"#{name}\" is defined at the top level.")
    end

    def kind_of(name)
      missing("No class \"#{name}\" is defined.") unless HAS_CONSTANT.bind_call(Object, name, false)
      found = CONSTANT.bind_call(Object, name, false)
      missing("\"#{name}\" is #{name_of(found)}, not a class.") unless IS.bind_call(Class, found)
      found
    end

    # A method that nothing can provide is missing, whatever the input. Others are looked up when they are called.
    def check_methods(target, kind, names)
      EACH.bind_call(names) do |name|
        next if HAS_METHOD.bind_call(kind, name) || answers_by_itself?(target, kind, name)

        missing("Class \"#{name_of(target)}\" has no method \"#{name}\".")
      end
    end

    def answers_by_itself?(target, kind, name)
      return true unless SAME.bind_call(OWNER.bind_call(METHOD.bind_call(kind, :method_missing)), BasicObject)

      RESPONDS.bind_call(target, name)
    end

    def call_function(call, place, lines)
      answer = CALL.bind_call(defined(call.name), MAIN, *call.given)
      answer = AT.bind_call(call.given, place) if place
      report("{\"status\":\"returned\",\"value\":#{written(answer, call.returns)}}")
    rescue Exception => error
      report_failure(error, lines, nil)
    end

    def call_class(calls, names, lines)
      at, kind, target, answers = -1, nil, nil, []
      EACH.bind_call(calls) do |call|
        at = PLUS.bind_call(at, 1)
        if kind
          answer = PUBLIC_SEND.bind_call(target, call.name, *call.given)
          PUSH.bind_call(answers, answer_of(answer, call, at))
        else
          kind = kind_of(call.name)
          target = CREATE.bind_call(kind, *call.given)
          check_methods(target, kind, names)
          PUSH.bind_call(answers, "null")
        end
      end
      report("{\"status\":\"returned\",\"value\":[#{JOIN.bind_call(answers, ",")}]}")
    rescue Exception => error
      report_failure(error, lines, at)
    end

    def answer_of(answer, call, at)
      written(answer, call.returns)
    rescue NoValue => error
      refuse("#{error.what} from #{call.name}, call #{DIGITS.bind_call(PLUS.bind_call(at, 1))}")
    end

    # ----- what there is to do -----

    def run(input)
      source, signature, arguments = Marshal.load(input)
      lines = source.lines.each_with_index.to_h { |line, at| [at + 1, line] }
      code = compiled(source)
      if signature.key?("methods")
        calls = calls_of(signature, arguments)
        names = signature["methods"].map { |method| method["name"].to_sym }
        begin_program(code, lines)
        call_class(calls, names, lines)
      else
        call, place = function_call(signature, arguments)
        begin_program(code, lines)
        call_function(call, place, lines)
      end
    end

    def compiled(source)
      RubyVM::InstructionSequence.compile(source, FILE, PLACE, 1)
    rescue Exception => error
      report("{\"status\":\"not compiled\",\"error\":#{syntax(error)}}")
    end

    def begin_program(code, lines)
      code.eval
    rescue Exception => error
      report_failure(error, lines, nil)
    end

    def function_call(signature, arguments)
      specs = signature["parameters"].map { |_, spec| Spec.new(spec) }
      given = arguments.zip(specs).map { |value, spec| built(value, spec) }
      place = signature["parameters"].index { |name, _| name == signature["in_place"] }
      [Call.new(signature["name"].to_sym, given, place ? specs[place] : Spec.new(signature["returns"])), place]
    end

    def calls_of(signature, calls)
      known = [signature["constructor"], *signature["methods"]].to_h do |one|
        [one["name"], [one["parameters"].map { |_, spec| Spec.new(spec) }, Spec.new(one["returns"])]]
      end
      calls.map do |name, *given|
        specs, returns = known.fetch(name)
        name = name.sub(/\A./, &:upcase) if name == signature["constructor"]["name"]
        Call.new(name.to_sym, given.zip(specs).map { |value, spec| built(value, spec) }, returns)
      end
    end
  end
end

# ----- what programs find -----

class ListNode
  attr_accessor :value, :next

  def initialize(value = 0, next_node = nil)
    @value = value
    @next = next_node
  end

  def inspect
    "#<ListNode #{@value.inspect}>"
  end
end

class TreeNode
  attr_accessor :value, :left, :right

  def initialize(value = 0, left = nil, right = nil)
    @value = value
    @left = left
    @right = right
  end

  def inspect
    "#<TreeNode #{@value.inspect}>"
  end
end

$stdout.sync = true
$0 = "program"
srand(1)
autoload(:Set, "set")
TrainerRunner.run(IO.for_fd(TrainerRunner::INPUT_FD, "rb").then { |file| file.read.tap { file.close } })
