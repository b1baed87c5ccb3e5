#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "main/rehearsal/conversation.h"

namespace CLI {
class App;
}

namespace amer::cli {

// What `call` and `phone` have in common, as the user wrote it.
struct MannersText {
    std::string script;
    std::string sound_file;
    double tone = 0;
    std::string keep_heard;
    std::string tones;
};

void add_manners(CLI::App& command, MannersText& text, const std::string& sound_option,
                 const std::string& keep_option);
Result<rehearsal::Manners> manners_from(const MannersText& text);

// "20s" and the like; `text` "" leaves `length` as it is.
Result<void> read_length(const std::string& option, const std::string& text,
                         std::optional<std::chrono::milliseconds>& length);
// Where the centre takes calls: as the user wrote it, else as the centre of the data folder says,
// else 127.0.0.1:5060.
Result<sip::Endpoint> find_server(const std::string& text, const std::filesystem::path& data);
Result<sip::Endpoint> read_endpoint(const std::string& option, const std::string& text);

}  // namespace amer::cli
