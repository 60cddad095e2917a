// What every program is compiled with: the whole standard library, and what the generated file calls. Precompiled.
//
// A parameter is read as what the program declares it to be, if that can hold what the signature says: a list[int] as
// a vector<long long>, and as a vector<int> where all values fit. Arguments are flat bytes at descriptor 5, read before
// anything of the program runs; sandbox/executables/flat.py says how they are laid out.
#ifndef TRAINER_HARNESS_H
#define TRAINER_HARNESS_H

#include <bits/stdc++.h>

namespace trainer_harness {

// ----- the types of a signature -----

struct Int_ {};
struct Float_ {};
struct Bool_ {};
struct Str_ {};
struct None_ {};
struct ListNode_ {};
struct TreeNode_ {};
template <class Part> struct List_ {};
template <class Part> struct Dict_ {};
template <class Part> struct Optional_ {};
template <class Returns, class... Takes> struct Signature_ {};

// What is thrown where an answer cannot be written.
struct NoValue {
    std::string what;
};

extern const unsigned char* at;  // what is read next
extern std::string out;          // the report, as far as it has been written
extern long long call;           // which of a class's calls is under way; -1 in a function
extern std::string where;        // what is being written of a class's answers

void run_();  // generated

template <class Number> Number take() {
    Number found;
    std::memcpy(&found, at, sizeof found);
    at += sizeof found;
    return found;
}

inline std::size_t count_() { return take<std::uint32_t>(); }
void write_int(long long value);
void write_unsigned(unsigned long long value);
void write_float(double value);
void write_str(const std::string& value);
[[noreturn]] void does_not_fit(long long value);

// ----- one reader and writer for each type of a signature and each of a program -----

template <class Spec, class Type> struct Codec;

template <std::integral Type>
    requires(!std::same_as<Type, bool> && sizeof(Type) > 1)
struct Codec<Int_, Type> {
    static Type read() {
        auto value = take<std::int64_t>();
        if (!std::in_range<Type>(value)) does_not_fit(value);
        return static_cast<Type>(value);
    }
    static void write(Type value) {
        if constexpr (std::is_signed_v<Type>) write_int(value);
        else write_unsigned(value);
    }
};

template <std::floating_point Type> struct Codec<Float_, Type> {
    static Type read() { return static_cast<Type>(take<double>()); }
    static void write(Type value) { write_float(static_cast<double>(value)); }
};

template <> struct Codec<Bool_, bool> {
    static bool read() { return *at++ != 0; }
    static void write(bool value) { out += value ? "true" : "false"; }
};

template <> struct Codec<Str_, std::string> {
    static std::string read() {
        auto size = count_();
        at += size;
        return std::string(reinterpret_cast<const char*>(at - size), size);
    }
    static void write(const std::string& value) { write_str(value); }
};

template <> struct Codec<None_, std::monostate> {
    static std::monostate read() { return {}; }
    static void write(std::monostate) { out += "null"; }
};

template <class Part, class Type>
    requires requires(Type items, typename Type::value_type item) { items.push_back(item); } && (!std::same_as<Type, std::string>)
struct Codec<List_<Part>, Type> {
    using Item = typename Type::value_type;
    static Type read() {
        auto left = count_();
        if constexpr (std::same_as<Type, std::vector<long long>> || std::same_as<Type, std::vector<double>>) {
            Type found(left);
            if (left) std::memcpy(found.data(), at, left * sizeof(Item));
            at += left * sizeof(Item);
            return found;
        } else {
            Type found;
            for (; left; left--) found.push_back(Codec<Part, Item>::read());
            return found;
        }
    }
    static void write(const Type& items) {
        char sign = '[';
        for (const auto& item : items) {
            out += sign;
            Codec<Part, Item>::write(item);
            sign = ',';
        }
        out += sign == '[' ? "[]" : "]";
    }
};

template <class Part, class Type>
    requires std::same_as<typename Type::key_type, std::string> && requires { typename Type::mapped_type; }
struct Codec<Dict_<Part>, Type> {
    using Item = typename Type::mapped_type;
    static Type read() {
        Type found;
        for (auto left = count_(); left; left--) {
            auto key = Codec<Str_, std::string>::read();
            found.emplace(std::move(key), Codec<Part, Item>::read());
        }
        return found;
    }
    static void write(const Type& entries) {
        char sign = '{';
        for (const auto& [key, item] : entries) {
            out += sign;
            write_str(key);
            out += ':';
            Codec<Part, Item>::write(item);
            sign = ',';
        }
        out += sign == '{' ? "{}" : "}";
    }
};

template <class Part, class Item> struct Codec<Optional_<Part>, std::optional<Item>> {
    static std::optional<Item> read() {
        if (!Codec<Bool_, bool>::read()) return std::nullopt;
        return Codec<Part, Item>::read();
    }
    static void write(const std::optional<Item>& value) {
        if (value) Codec<Part, Item>::write(*value);
        else out += "null";
    }
};

template <class Node> struct Codec<Optional_<ListNode_>, Node*> : Codec<ListNode_, Node*> {};
template <class Node> struct Codec<Optional_<TreeNode_>, Node*> : Codec<TreeNode_, Node*> {};

template <class Node> struct Codec<ListNode_, Node*> {
    static Node* read() {
        Node* head = nullptr;
        Node** end = &head;
        for (auto left = count_(); left; left--) {
            *end = new Node(take<std::int64_t>());
            end = &(*end)->next;
        }
        return head;
    }
    // A second walk at half the pace is met where a list runs in a circle.
    static void write(const Node* node) {
        auto slow = node;
        out += '[';
        for (std::size_t n = 0; node; node = node->next, n++) {
            if (n) {
                if (node == slow) throw NoValue{"linked list that runs in a circle"};
                if (n % 2 == 0) slow = slow->next;
                out += ',';
            }
            write_int(node->value);
        }
        out += ']';
    }
};

template <class Node> struct Codec<TreeNode_, Node*> {
    static Node* read() {
        auto left = count_();
        auto next = [&]() -> Node* {
            left--;
            return Codec<Bool_, bool>::read() ? new Node(take<std::int64_t>()) : nullptr;
        };
        if (!left) return nullptr;
        std::vector<Node*> waiting{next()};
        for (std::size_t n = 0; left; n++) {
            auto none = n >= waiting.size() || !waiting[n];
            for (int side = 0; side < 2 && left; side++) {
                auto node = next();
                if (none) continue;
                (side ? waiting[n]->right : waiting[n]->left) = node;
                if (node) waiting.push_back(node);
            }
        }
        return waiting[0];
    }
    static void write(const Node* root) {
        std::vector<const Node*> waiting{root};
        std::unordered_set<const Node*> seen;
        std::size_t absent = 0;
        out += '[';
        for (std::size_t n = 0; n < waiting.size(); n++) {
            auto node = waiting[n];
            if (!node) {
                absent++;
                continue;
            }
            if (n) out += ',';
            for (; absent; absent--) out += "null,";
            if (!seen.insert(node).second) throw NoValue{"tree in which a node is reached twice"};
            write_int(node->value);
            waiting.push_back(node->left);
            waiting.push_back(node->right);
        }
        out += ']';
    }
};

// ----- calling a function -----

template <class Spec, class Call> void answer(Call&& called) {
    if constexpr (std::same_as<Spec, None_>) {
        called();
        out += "null";
    } else {
        auto value = called();
        Codec<Spec, std::decay_t<decltype(value)>>::write(value);
    }
}

template <class Returns, class... Takes, class Result, class... Given>
void call_function_(Signature_<Returns, Takes...>, Result (*function)(Given...)) {
    static_assert(sizeof...(Takes) == sizeof...(Given));
    static_assert(std::same_as<Returns, None_> == std::is_void_v<Result>);
    std::tuple<std::decay_t<Given>...> given{Codec<Takes, std::decay_t<Given>>::read()...};
    answer<Returns>([&]() -> decltype(auto) {
        return std::apply([&](auto&... each) -> decltype(auto) { return function(static_cast<Given&&>(each)...); }, given);
    });
}

// The parameter at this place is the answer. One that is no reference is a copy, and comes back as it was.
template <std::size_t place, class Returns, class... Takes, class Result, class... Given>
void call_in_place_(Signature_<Returns, Takes...>, Result (*function)(Given...)) {
    static_assert(sizeof...(Takes) == sizeof...(Given));
    std::tuple<std::decay_t<Given>...> given{Codec<Takes, std::decay_t<Given>>::read()...};
    std::apply([&](auto&... each) { function(static_cast<Given>(each)...); }, given);
    using Spec = std::tuple_element_t<place, std::tuple<Takes...>>;
    Codec<Spec, std::tuple_element_t<place, decltype(given)>>::write(std::get<place>(given));
}

// ----- calling an object -----

// What a constructor is given, which cannot be asked for the types of its parameters: these are tried in turn.
template <class Spec, class Number, template <class...> class Map> struct As;
template <class Number, template <class...> class Map> struct As<Int_, Number, Map> { using type = Number; };
template <class Number, template <class...> class Map> struct As<Float_, Number, Map> { using type = double; };
template <class Number, template <class...> class Map> struct As<Bool_, Number, Map> { using type = bool; };
template <class Number, template <class...> class Map> struct As<Str_, Number, Map> { using type = std::string; };
template <class Part, class Number, template <class...> class Map> struct As<List_<Part>, Number, Map> {
    using type = std::vector<typename As<Part, Number, Map>::type>;
};
template <class Part, class Number, template <class...> class Map> struct As<Dict_<Part>, Number, Map> {
    using type = Map<std::string, typename As<Part, Number, Map>::type>;
};
template <class Part, class Number, template <class...> class Map> struct As<Optional_<Part>, Number, Map> {
    using type = std::optional<typename As<Part, Number, Map>::type>;
};

template <class Object, class Number, template <class...> class Map, class... Takes>
constexpr bool is_made_from = std::is_constructible_v<Object, typename As<Takes, Number, Map>::type&...>;

template <class Object, class Number, template <class...> class Map, class... Takes> Object& made_from() {
    using Given = std::tuple<typename As<Takes, Number, Map>::type...>;
    auto given = new Given{Codec<Takes, typename As<Takes, Number, Map>::type>::read()...};  // it may keep references
    return *std::apply([](auto&... each) { return new Object(each...); }, *given);
}

void begin_calls();
bool next_call_();

template <class Object, class... Takes> Object& make_() {
    begin_calls();
    using std::map, std::unordered_map;
    if constexpr (is_made_from<Object, long long, map, Takes...>) return made_from<Object, long long, map, Takes...>();
    else if constexpr (is_made_from<Object, int, map, Takes...>) return made_from<Object, int, map, Takes...>();
    else if constexpr (is_made_from<Object, long long, unordered_map, Takes...>)
        return made_from<Object, long long, unordered_map, Takes...>();
    else return made_from<Object, int, unordered_map, Takes...>();
}

template <class... Given> struct Given_ {};

template <class Returns, class... Takes, class Object, class Method, class Result, class... Given>
void call_with(Signature_<Returns, Takes...>, Given_<Result, Given...>, Object& object, Method method, const char* name) {
    static_assert(sizeof...(Takes) == sizeof...(Given));
    static_assert(std::same_as<Returns, None_> == std::is_void_v<Result>);
    std::tuple<std::decay_t<Given>...> given{Codec<Takes, std::decay_t<Given>>::read()...};
    out += ',';
    where = name;
    answer<Returns>([&]() -> decltype(auto) {
        return std::apply(
            [&](auto&... each) -> decltype(auto) { return (object.*method)(static_cast<Given&&>(each)...); }, given);
    });
}

template <class Signature, class Object, class Kind, class Result, class... Given>
void call_method_(Signature signature, Object& object, Result (Kind::*method)(Given...), const char* name) {
    call_with(signature, Given_<Result, Given...>{}, object, method, name);
}

template <class Signature, class Object, class Kind, class Result, class... Given>
void call_method_(Signature signature, Object& object, Result (Kind::*method)(Given...) const, const char* name) {
    call_with(signature, Given_<Result, Given...>{}, object, method, name);
}

}  // namespace trainer_harness

#endif
