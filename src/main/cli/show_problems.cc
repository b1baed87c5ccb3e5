#include "main/cli/show_problems.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "main/cli/command.h"

namespace amer::cli {

int show_problems(const std::vector<config::Problem>& problems, bool as_json) {
    if (as_json) {
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        for (const config::Problem& problem : problems) {
            all.push_back({{"file", problem.place.file},
                           {"line", problem.place.line},
                           {"column", problem.place.column},
                           {"text", problem.text}});
        }
        fmt::print("{}\n", nlohmann::ordered_json{{"problems", all}}.dump());
        return kFailed;
    }
    for (const config::Problem& problem : problems) fmt::print(stderr, "{}\n", problem.line());
    return fail(fmt::format("the configuration has {} {}", problems.size(),
                            problems.size() == 1 ? "mistake" : "mistakes"));
}

}  // namespace amer::cli
