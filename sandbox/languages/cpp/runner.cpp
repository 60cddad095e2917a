// Compiled once, when the image is built, and linked with every program: reads the case, has it run, and reports.
#include "harness.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace trainer_harness {

namespace {

constexpr int report_fd = 3, input_fd = 5;
constexpr std::size_t most_name = 200, most_message = 2000, stack_of_a_thread = 4 << 20;

// Before the constructors of the program's own objects.
[[gnu::constructor(101)]] void begin() {
    struct stat status;
    if (fstat(input_fd, &status) == 0) {
        auto size = static_cast<std::size_t>(status.st_size), have = std::size_t{0};
        auto input = static_cast<unsigned char*>(std::malloc(size + 1));
        while (input && have < size) {
            auto got = ::read(input_fd, input + have, size - have);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) break;
            have += static_cast<std::size_t>(got);
        }
        at = input;
    }
    close(input_fd);
    std::setvbuf(stdout, nullptr, _IONBF, 0);  // what is printed is kept, however the program ends
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) == 0) {
        pthread_attr_setstacksize(&attributes, stack_of_a_thread);
        pthread_setattr_default_np(&attributes);
    }
}

// The length of the character of UTF-8 that begins here, or 0 where none does.
std::size_t character(std::string_view text) {
    auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80) return 1;
    std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (std::size_t n = 1; n < length; n++) {
        if ((static_cast<unsigned char>(text[n]) & 0xc0) != 0x80) return 0;
    }
    auto second = static_cast<unsigned char>(text[1]);
    bool too_long = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool too_large = (first == 0xed && second > 0x9f) || (first == 0xf4 && second > 0x8f);
    return too_long || too_large ? 0 : length;
}

void write_text(std::string_view text, bool mend) {
    static const char hex[] = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        auto sign = static_cast<unsigned char>(text[0]);
        auto length = character(text);
        if (!length) {
            if (!mend) throw NoValue{"string with bytes that are no UTF-8"};
            out += "\\ufffd";
            length = 1;
        } else if (sign == '"' || sign == '\\') {
            out += '\\';
            out += text[0];
        } else if (sign < ' ' || sign == 0x7f) {
            out += "\\u00";
            out += hex[sign >> 4];
            out += hex[sign & 15];
        } else {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length);
    }
    out += '"';
}

std::string shortened(const std::string& text, std::size_t most) {
    if (text.size() <= most) return text;
    return text.substr(0, most / 2) + " … " + text.substr(text.size() - most / 2);
}

std::string name_of(const std::type_info* type) {
    if (!type) return "an exception";
    int status = 0;
    auto found = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
    std::string name = status == 0 ? found : type->name();
    for (std::size_t place; (place = name.find("::__cxx11")) != name.npos;) name.erase(place, std::strlen("::__cxx11"));
    return name;
}

[[noreturn]] void report() {
    std::cout.flush();
    std::fflush(stdout);
    for (std::string_view left = out; !left.empty();) {
        auto written = ::write(report_fd, left.data(), left.size());
        if (written < 0 && errno != EINTR) _exit(1);
        if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
    }
    _exit(0);
}

[[noreturn]] void raised(const std::string& type, const std::string& message) {
    auto name = shortened(type, most_name), said = shortened(message, most_message);
    out = R"({"status":"raised","error":{"type":)";
    write_text(name, true);
    out += R"(,"message":)";
    write_text(said, true);
    out += R"(,"trace":)";
    write_text(said.empty() ? name : name + ": " + said, true);
    out += R"(,"call":)";
    if (call >= 0) write_int(call);
    else out += "null";
    out += "}}";
    report();
}

// Reports the exception that is being handled.
[[noreturn]] void report_exception() {
    try {
        throw;
    } catch (const NoValue& none) {
        auto told = none.what;
        if (call >= 0) told += " from " + where + ", call " + std::to_string(call + 1);
        out = R"({"status":"no value","error":{"type":)";
        write_text(told, true);
        out += "}}";
    } catch (const std::bad_alloc&) {
        std::string().swap(out);
        out = R"({"status":"memory limit"})";
    } catch (const std::exception& error) {
        raised(name_of(&typeid(error)), error.what());
    } catch (const std::string& text) {
        raised("std::string", text);
    } catch (const char* text) {
        raised("const char*", text);
    } catch (int number) {
        raised("int", std::to_string(number));
    } catch (...) {
        raised(name_of(abi::__cxa_current_exception_type()), "");
    }
    report();
}

// Of exceptions that no caller can catch: those of threads, and those that leave a function which says it throws none.
[[noreturn]] void terminated() {
    if (std::current_exception()) report_exception();
    static const char text[] = "terminate called without an active exception\n";
    [[maybe_unused]] auto ignored = ::write(2, text, sizeof text - 1);
    std::abort();
}

}  // namespace

const unsigned char* at;
constinit std::string out;
long long call = -1;
constinit std::string where;
static std::size_t calls;

void begin_calls() {
    calls = count_();
    count_();
    call = 0;
    out += "[null";
}

bool next_call_() { return static_cast<std::size_t>(++call) < calls; }

void write_int(long long value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, std::end(digits), value).ptr);
}

void write_unsigned(unsigned long long value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, std::end(digits), value).ptr);
}

// A float keeps its point, so that it is read as one.
void write_float(double value) {
    if (std::isnan(value)) out += "NaN";
    else if (std::isinf(value)) out += value > 0 ? "Infinity" : "-Infinity";
    else {
        char digits[40];
        std::string_view text(digits, std::to_chars(digits, std::end(digits), value).ptr);
        out.append(text);
        if (text.find_first_of(".e") == text.npos) out += ".0";
    }
}

void write_str(const std::string& value) { write_text(value, false); }

void does_not_fit(long long value) {
    throw std::out_of_range(std::to_string(value) + " does not fit into the type of the parameter");
}

static int main_() {
    std::set_terminate(terminated);
    try {
        out = R"({"status":"returned","value":)";
        run_();
        out += call >= 0 ? "]}" : "}";
    } catch (...) {
        report_exception();
    }
    report();
}

}  // namespace trainer_harness

int main() { return trainer_harness::main_(); }
