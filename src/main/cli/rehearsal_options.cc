#include "main/cli/rehearsal_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/config/table_reader.h"
#include "main/control/client.h"

namespace amer::cli {
namespace {

constexpr const char* kScriptHelp =
    "What to do in the call, comma-separated and in order: keys (1 or 123#), \"say\" (begin to "
    "speak) or \"bye\" (hang up). Each is done when the other side falls silent, or with @LENGTH "
    "so long after the one before: 1,2@1.5s,say,#@4s,bye";

Result<std::vector<double>> frequencies_from(const std::string& text) {
    std::vector<double> all;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string word = text.substr(at, end - at);
        char* last = nullptr;
        const double frequency = std::strtod(word.c_str(), &last);
        if (last != word.c_str() + word.size() || frequency < 50 || frequency > 3'900) {
            return failure(fmt::format("--tones: \"{}\" is not a frequency from 50 to 3900", word));
        }
        all.push_back(frequency);
        at = end + 1;
    }
    return all;
}

}  // namespace

void add_manners(CLI::App& command, MannersText& text, const std::string& sound_option,
                 const std::string& keep_option) {
    command.add_option("--keys", text.script, kScriptHelp);
    auto* file =
        command.add_option(sound_option, text.sound_file,
                           "WAV file to speak, once: from the answer on, or at \"say\" in --keys");
    command.add_option("--tone", text.tone, "Speak a tone of so many Hz instead, on and on")
        ->check(CLI::Range(50.0, 3'900.0))
        ->excludes(file);
    command.add_option(keep_option, text.keep_heard, "Keep what is heard in this WAV file");
    command.add_option("--tones", text.tones,
                       "Frequencies in Hz, comma-separated; at the end is told how long each was "
                       "heard");
}

Result<rehearsal::Manners> manners_from(const MannersText& text) {
    rehearsal::Manners manners;
    auto script = rehearsal::parse_script(text.script);
    if (!script) return failure("--keys: " + script.error().what);
    manners.script = std::move(*script);
    if (!text.sound_file.empty()) {
        auto clip = media::load_clip(text.sound_file);
        if (!clip) return tl::unexpected<Error>{clip.error()};
        manners.voice = std::move(*clip);
    } else if (text.tone > 0) {
        manners.voice = media::make_tone(text.tone, std::chrono::seconds{1});
        manners.says_on_and_on = true;
    }
    manners.keep_heard = text.keep_heard;
    auto tones = frequencies_from(text.tones);
    if (!tones) return tl::unexpected<Error>{tones.error()};
    manners.tones = std::move(*tones);
    return manners;
}

Result<void> read_length(const std::string& option, const std::string& text,
                         std::optional<std::chrono::milliseconds>& length) {
    if (text.empty()) return {};
    const auto read = rehearsal::parse_length(text);
    if (!read) return failure(fmt::format("{}: {}", option, read.error().what));
    length = *read;
    return {};
}

Result<sip::Endpoint> find_server(const std::string& text, const std::filesystem::path& data) {
    if (!text.empty()) return read_endpoint("--server", text);
    sip::Endpoint server{"127.0.0.1", 5060};
    const auto status = control::ask(data, "status");
    if (!status || !status->contains("sip")) return server;
    server.address = (*status)["sip"].value("address", server.address);
    server.port = (*status)["sip"].value("port", server.port);
    return server;
}

Result<sip::Endpoint> read_endpoint(const std::string& option, const std::string& text) {
    if (auto endpoint = config::endpoint_from(text)) return *endpoint;
    // Port 0 is for us to choose.
    const bool is_any_port = text.ends_with(":0");
    if (is_any_port) {
        if (auto endpoint = config::endpoint_from(text.substr(0, text.size() - 1) + "1")) {
            endpoint->port = 0;
            return *endpoint;
        }
    }
    return failure(
        fmt::format("{}: \"{}\" is not an address and port such as 127.0.0.1:5060", option, text));
}

}  // namespace amer::cli
