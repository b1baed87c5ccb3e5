#include "main/cli/command.h"

#include <map>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/config/table_reader.h"

namespace amer::cli {

int fail(const std::string& text) {
    std::fflush(stdout);
    fmt::print(stderr, "amer: {}\n", text);
    return kFailed;
}

Result<std::unique_ptr<store::SqliteJournal>> open_journal(const std::filesystem::path& data) {
    std::error_code unknown;
    if (!std::filesystem::exists(data / "amer.db", unknown)) {
        return failure(fmt::format("there is no journal in {}", data.string()));
    }
    return store::SqliteJournal::open_read_only(data);
}

Result<calendar::LocalDay> day_of(const char* option, const std::string& text) {
    if (const auto day = config::day_from(text)) return *day;
    return failure(fmt::format("{}: '{}' is not a day: expected such as 2026-11-19", option, text));
}

void add_data_option(CLI::App& command, std::filesystem::path& data) {
    command.add_option("--data", data, "Data folder of the centre")->default_str("data");
}

void add_language_option(CLI::App& command, Language& language, const std::string& whose) {
    static const std::map<std::string, Language> kLanguages{{"ar", Language::arabic},
                                                            {"en", Language::english}};
    command.add_option("--language", language, whose + ": ar or en")
        ->transform(CLI::CheckedTransformer(kLanguages))
        ->default_str(language == Language::arabic ? "ar" : "en");
}

}  // namespace amer::cli
