#include "main/config/load.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/centre/check_configuration.h"
#include "main/config/notification_texts.h"
#include "main/config/sections.h"

namespace amer::config {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 4U << 20U;
constexpr std::array kFiles = {"centre.toml", "numbers.toml", "units.toml",   "queues.toml",
                               "agents.toml", "trunks.toml",  "calendar.toml"};

// "flows.u-main.closed.prompts[1]" as an operator says it: flow 'u-main', step 'closed', 'prompts'.
std::string place_in_flow(const std::string& path) {
    const std::array names = {"flow", "step", ""};
    std::string place;
    std::size_t from = path.find('.') + 1;
    for (const std::string_view name : names) {
        const std::size_t until = std::min(path.find('.', from), path.size());
        std::string_view part{path.data() + from, until - from};
        if (name.empty()) part = part.substr(0, part.find('['));
        place += fmt::format("{}{}{}'{}'", place.empty() ? "" : ", ", name, name.empty() ? "" : " ",
                             part);
        if (until == path.size()) break;
        from = until + 1;
    }
    return place;
}

std::string sentence_of(const centre::Problem& problem) {
    // The calendar says what is wrong in whole sentences.
    if (problem.path == "calendar") return problem.expected;
    if (problem.path.starts_with("flows.")) {
        return fmt::format("{}: expected {}", place_in_flow(problem.path), problem.expected);
    }
    return fmt::format("{}: expected {}", problem.path, problem.expected);
}

// Reads the files of one folder into one configuration.
class Loader {
public:
    Loader(fs::path folder, std::optional<fs::path> texts_folder)
        : folder_{std::move(folder)}, texts_folder_{std::move(texts_folder)} {}

    tl::expected<Loaded, std::vector<Problem>> load() {
        std::error_code failed;
        if (!fs::is_directory(folder_, failed)) {
            return tl::unexpected{std::vector<Problem>{
                {{folder_.string(), 0, 0}, "no such folder: expected a configuration folder"}}};
        }
        refuse_unread_files();
        auto& centre = loaded_.centre;
        read("centre.toml", "",
             [&](TableReader& file) { read_centre(file, centre, loaded_.system); });
        read("numbers.toml", "", [&](TableReader& file) { read_numbers(file, centre); });
        read("units.toml", "", [&](TableReader& file) { read_units(file, centre); });
        read("queues.toml", "", [&](TableReader& file) { read_queues(file, centre); });
        read("agents.toml", "",
             [&](TableReader& file) { read_agents(file, centre, loaded_.system); });
        read("trunks.toml", "", [&](TableReader& file) { read_trunks(file, centre); });
        read("calendar.toml", "calendar",
             [&](TableReader& file) { read_calendar(file, centre.units, centre.calendar); });
        read_flows();
        find_files_named();
        if (findings_.empty()) check_whole();
        if (!findings_.empty()) return tl::unexpected{findings_.sorted()};
        return std::move(loaded_);
    }

private:
    // Relative paths begin in the configuration's folder.
    void find_files_named() {
        NotificationSettings& ways = loaded_.system.notifications;
        for (fs::path* path :
             {&loaded_.system.prompts.recorded, &ways.text_secret, &ways.mail_secret}) {
            if (!path->empty()) *path = folder_ / *path;
        }
        const auto find = [&](std::string& path) {
            if (!path.empty()) path = (folder_ / path).string();
        };
        if (ways.text_gateway) find(ways.text_gateway->ca_file);
        if (ways.mail) find(ways.mail->ca_file);
    }

    // A file that nobody reads is a trap for whoever edits it.
    void refuse_unread_files() {
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator{folder_, failed}) {
            const std::string name = entry.path().filename().string();
            if (entry.path().extension() != ".toml" || name.starts_with("prompts.")) continue;
            if (is_notification_texts(name)) continue;
            if (std::find(kFiles.begin(), kFiles.end(), name) != kFiles.end()) continue;
            const std::string meant = nearest(name, {kFiles.begin(), kFiles.end()});
            findings_.add({entry.path().string(), 0, 0},
                          meant.empty()
                              ? fmt::format("this file is not read: expected one of {}",
                                            fmt::join(kFiles, ", "))
                              : fmt::format("this file is not read: did you mean {}?", meant));
        }
    }

    template <typename Read>
    void read(const fs::path& name, const std::string& core_name, const Read& read_file) {
        const fs::path path = folder_ / name;
        std::error_code failed;
        if (!fs::is_regular_file(path, failed)) {
            findings_.add({path.string(), 0, 0}, "this file is missing");
            return;
        }
        if (fs::file_size(path, failed) > kLargestFile) {
            findings_.add({path.string(), 0, 0}, "this file is too large: expected at most 4 MiB");
            return;
        }
        std::ifstream stream{path, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        if (!stream) {
            findings_.add({path.string(), 0, 0}, "this file cannot be read");
            return;
        }
        const auto value = parse_toml(text, path.string());
        if (!value) {
            findings_.add(value.error().place, value.error().text);
            return;
        }
        TableReader file{*value, core_name, findings_};
        read_file(file);
    }

    void read_flows() {
        std::error_code failed;
        std::vector<fs::path> names;
        for (const auto& entry : fs::directory_iterator{folder_ / "flows", failed}) {
            if (entry.path().extension() == ".toml") names.push_back(entry.path().filename());
        }
        std::sort(names.begin(), names.end());
        for (const fs::path& name : names) {
            auto& flows = loaded_.centre.flows;
            flow::Flow flow;
            const std::string core_name = "flows." + name.stem().string();
            read("flows" / name, core_name, [&](TableReader& file) {
                flow = read_flow(file);
                // So that a flow, named after its file, is found by its name.
                if (flow.id && flow.id.value != name.stem().string()) {
                    file.refuse("id",
                                fmt::format("'id' is \"{}\": expected the file's name, \"{}\"",
                                            flow.id.value, name.stem().string()));
                }
            });
            flows.push_back(std::move(flow));
        }
        if (names.empty()) {
            findings_.add({(folder_ / "flows").string(), 0, 0},
                          "no flow here: expected at least one .toml file");
        }
    }

    // What only core can judge: whether all the parts fit each other.
    void check_whole() {
        loaded_.texts = read_texts();
        std::optional<centre::KnownPrompts> known;
        const bool were_read = findings_.empty();
        if (loaded_.texts && were_read) known = known_prompts(*loaded_.texts);
        auto problems = centre::check_configuration(loaded_.centre, known ? &*known : nullptr);
        if (known) {
            const auto unsaid = check_desk_words(loaded_.system.desk_codes, *known);
            problems.insert(problems.end(), unsaid.begin(), unsaid.end());
        }
        loaded_.system.notifications.wording =
            read_notification_texts(folder_, loaded_.centre, findings_);
        for (const centre::Problem& problem : problems) {
            Place place = findings_.place_of(problem.path);
            if (place.file.empty()) place.file = folder_.string();
            findings_.add(std::move(place), sentence_of(problem));
        }
    }

    // The folder named, or the one beside the configuration when it has texts: an installation may
    // have only what was rendered of them.
    std::optional<PromptTexts> read_texts() {
        const fs::path beside = (folder_ / "..").lexically_normal() / "prompts";
        if (!texts_folder_ && !has_prompt_texts(beside)) return std::nullopt;
        return read_prompt_texts(texts_folder_.value_or(beside), folder_, loaded_.centre,
                                 findings_);
    }

    fs::path folder_;
    std::optional<fs::path> texts_folder_;
    Findings findings_;
    Loaded loaded_;
};

}  // namespace

tl::expected<Loaded, std::vector<Problem>> load(const fs::path& folder,
                                                std::optional<fs::path> texts_folder) {
    return Loader{folder, std::move(texts_folder)}.load();
}

}  // namespace amer::config
