#include "main/rehearsal/transcript.h"

#include <cstdio>

#include <fmt/format.h>

namespace amer::rehearsal {

void Transcript::tell(int call, const std::string& what, const Json& more) const {
    const auto at =
        std::chrono::duration_cast<std::chrono::milliseconds>(sip::steady_now() - began_).count();
    if (as_json_) {
        Json line{{"at_ms", at}};
        if (call > 0) line["call"] = call;
        line["what"] = what;
        line.update(more);
        fmt::print("{}\n", line.dump(-1, ' ', false, Json::error_handler_t::replace));
    } else {
        std::string line = fmt::format("{:>4}.{:03} s  ", at / 1000, at % 1000);
        if (call > 0) line += fmt::format("call {:<3} ", call);
        line += what;
        for (const auto& [name, value] : more.items()) {
            line += fmt::format("  {}: {}", name,
                                value.is_string() ? value.get<std::string>() : value.dump());
        }
        fmt::print("{}\n", line);
    }
    std::fflush(stdout);
}

}  // namespace amer::rehearsal
