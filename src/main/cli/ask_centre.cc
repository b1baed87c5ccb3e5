#include "main/cli/ask_centre.h"

#include <cstdio>

#include <fmt/format.h>

namespace amer::cli {

int ask(const std::filesystem::path& data, const std::string& question,
        const control::Json& arguments,
        const std::function<void(const control::Json& answer)>& take) {
    const auto answer = control::ask(data, question, arguments, [](const std::string& line) {
        fmt::print(stderr, "{}\n", line);
    });
    if (!answer) return fail(answer.error().what);
    take(*answer);
    return kDone;
}

void print_answer(const Invocation& invocation, const control::Json& answer,
                  const std::function<void(const control::Json& answer)>& show) {
    if (invocation.as_json) {
        fmt::print("{}\n", answer.dump());
    } else {
        show(answer);
    }
}

int ask_and_show(const Invocation& invocation, const std::filesystem::path& data,
                 const std::string& question, const control::Json& arguments,
                 const std::function<void(const control::Json& answer)>& show) {
    return ask(data, question, arguments,
               [&](const control::Json& answer) { print_answer(invocation, answer, show); });
}

std::string cell(const control::Json& row, const std::string& key) {
    const auto found = row.find(key);
    if (found == row.end() || found->is_null()) return "-";
    if (!found->is_string()) return found->dump();
    std::string text = found->get<std::string>();
    if (text.empty()) return "-";
    const bool is_instant = text.size() >= 20 && text[4] == '-' && text[10] == 'T';
    if (is_instant) {
        text = text.substr(0, 19);
        text[10] = ' ';
    }
    return text;
}

std::string length_cell(const control::Json& row, const std::string& key) {
    const auto found = row.find(key);
    if (found == row.end() || !found->is_number_integer()) return "-";
    const auto seconds = (found->get<std::int64_t>() + 500) / 1000;
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

}  // namespace amer::cli
