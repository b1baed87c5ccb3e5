// `amer calendar` upon the configuration that comes with the program.
#include <filesystem>
#include <fstream>

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "engine/fake_clock.h"
#include "main/cli/command.h"
#include "main/cli/test_run.h"
#include "main/config/load.h"
#include "main/instant_text.h"
#include "store/sqlite/journal.h"

namespace amer::cli {
namespace {

using nlohmann::json;

Ended calendar(std::vector<std::string> words) {
    words.insert(words.begin(), "calendar");
    words.insert(words.end(), {"--config", std::string{AMER_SOURCE_DIR} + "/config"});
    return run_kept(words);
}

json answer(std::vector<std::string> words) {
    words.push_back("--json");
    const Ended ended = calendar(std::move(words));
    REQUIRE(ended.code == kDone);
    return json::parse(ended.out);
}

// A folder for one story.
struct Folder {
    std::filesystem::path path =
        std::filesystem::path{AMER_BINARY_DIR} / ("calendar_test_" + std::to_string(getpid()));

    Folder() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    // The configuration that comes with the program, and these rows.
    std::vector<std::string> configuration_with(const std::string& rows) const {
        const auto config = path / "config";
        std::filesystem::copy(std::string{AMER_SOURCE_DIR} + "/config", config,
                              std::filesystem::copy_options::recursive);
        std::ofstream{config / "calendar.toml", std::ios::app} << rows;
        return {"--config", config.string()};
    }

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream{path / name} << text;
        return path / name;
    }
};

constexpr const char* kMourningInSharjah =
    "[[holiday]]\nid = \"mourning\"\nname = { ar = \"حداد\", en = \"mourning\" }\n"
    "first_day = 2026-12-07\nlast_day = 2026-12-08\nstatus = \"announced\"\n"
    "source = \"the ruler's court\"\nemirate = \"sharjah\"\n";

Ended calendar_of(const std::vector<std::string>& config, std::vector<std::string> words) {
    words.insert(words.begin(), "calendar");
    words.insert(words.end(), config.begin(), config.end());
    return run_kept(words);
}

// A journal with the delivered configuration, published on 1 November, a holiday that was shortened
// on the 17th and a storm on the 20th.
void keep_journal(const std::filesystem::path& data) {
    const auto journal = store::SqliteJournal::open(data).value();
    engine::FakeClock clock{parse_instant("2026-11-01T08:00:00+04:00").value()};
    centre::State state;
    std::uint64_t sequence = 0;
    const auto decide = [&](const centre::Command& command) {
        const auto events = centre::decide(state, command, clock.now());
        REQUIRE(events);
        std::vector<engine::Entry> entries;
        const std::uint64_t decision = sequence + 1;
        for (const centre::Event& event : *events) {
            entries.push_back({++sequence, decision, clock.now(), event});
            centre::apply(state, event, clock.now());
        }
        REQUIRE(journal->append(entries));
    };
    centre::Configuration rules =
        config::load(std::filesystem::path{AMER_SOURCE_DIR} / "config").value().centre;
    decide(centre::PublishConfiguration{rules});
    clock.advance(std::chrono::hours{16 * 24});
    for (calendar::Holiday& row : rules.calendar.holidays) {
        const bool is_meant =
            row.id == "national-day" && calendar::text_of(row.first_day) == "2026-12-02";
        if (is_meant) row.last_day = row.first_day;
    }
    decide(centre::PublishConfiguration{rules});
    clock.advance(std::chrono::hours{3 * 24});
    calendar::Closure storm;
    storm.name_ar = "عاصفة";
    storm.name_en = "a storm";
    storm.source = "hamad";
    storm.until = clock.now() + std::chrono::hours{4};
    decide(centre::CloseCentre{storm, "hamad"});
}

}  // namespace

TEST_CASE("amer calendar next says when a call is returned, without a running centre") {
    const json after_hours = answer({"next", "--at", "2026-12-01T17:00:00+04:00"});
    CHECK(after_hours["at"] == "2026-12-01T17:00:00+04:00");
    CHECK(after_hours["is_open"] == false);
    CHECK(after_hours["closes"].is_null());
    CHECK(after_hours["next"] == json{{"from", "2026-12-04T07:30:00+04:00"},
                                      {"until", "2026-12-04T12:00:00+04:00"},
                                      {"rests_on_prediction", false}});
    const json last_second = answer({"next", "--at", "2026-12-01T12:29:59Z"});
    CHECK(last_second["is_open"] == true);
    CHECK(last_second["closes"] == "2026-12-01T16:30:00+04:00");
    CHECK(answer({"next", "--at", "2026-12-01T12:30:00Z"})["is_open"] == false);
    const json before_eid = answer({"next", "--at", "2026-05-25T18:00:00+04:00"});
    CHECK(before_eid["next"]["rests_on_prediction"] == true);
}

TEST_CASE("amer calendar next speaks to people") {
    const Ended ended = calendar({"next", "--at", "2026-12-01T17:00:00+04:00"});
    CHECK(ended.code == kDone);
    CHECK(ended.out.find("2026-12-01T17:00:00+04:00 is closed.\n"
                         "It opens next on Friday 2026-12-04T07:30:00+04:00, and a call that is to "
                         "be returned then is due by 2026-12-04T12:00:00+04:00.\n") == 0);
}

TEST_CASE("amer calendar next fails aloud when nothing opens for a month") {
    // Before its first row there are no hours at all.
    const Ended ended = calendar({"next", "--at", "1999-06-01T10:00:00+04:00", "--json"});
    CHECK(ended.code == kFailed);
    CHECK(json::parse(ended.out)["next"].is_null());
}

TEST_CASE("amer calendar show tells each day, its hours and why they are not the usual ones") {
    const json days = answer({"show", "--from", "2026-11-30", "--until", "2026-12-05"})["days"];
    REQUIRE(days.size() == 6);
    CHECK(days[0] == json{{"day", "2026-11-30"},
                          {"hijri", "1448-06-20"},
                          {"is_working_day", true},
                          {"hours", "07:30-16:30"},
                          {"why", ""}});
    CHECK(days[2]["hours"] == "closed");
    CHECK(days[2]["is_working_day"] == false);
    CHECK(days[2]["why"] == "Eid Al Etihad, the National Day (announced)");
    CHECK(days[4]["hours"] == "07:30-12:00");
    CHECK(days[5]["why"] == "");  // a Saturday
    const Ended arabic =
        calendar({"show", "--from", "2026-12-02", "--until", "2026-12-02", "--language", "ar"});
    CHECK(arabic.out.find("2026-12-02  Wednesday  22 جمادى الآخرة 1448  closed  عيد الاتحاد "
                          "(announced)") != std::string::npos);
    const json ramadan =
        answer({"show", "--from", "2025-03-03", "--until", "2025-03-03"})["days"][0];
    CHECK(ramadan["hours"] == "09:00-14:30");
    CHECK(ramadan["why"] == "Ramadan 1446");
    CHECK(answer({"show"})["days"].size() == 14);
}

TEST_CASE("amer calendar next and show take the calendar of an office") {
    const Folder folder;
    const auto config = folder.configuration_with(kMourningInSharjah);
    const auto next_at = [&](const std::vector<std::string>& office) {
        std::vector<std::string> words{"next", "--at", "2026-12-04T15:00:00+04:00", "--json"};
        words.insert(words.end(), office.begin(), office.end());
        const Ended ended = calendar_of(config, words);
        REQUIRE(ended.code == kDone);
        return json::parse(ended.out)["next"]["from"].get<std::string>();
    };
    CHECK(next_at({}) == "2026-12-07T07:30:00+04:00");
    CHECK(next_at({"--office", "dubai"}) == "2026-12-07T07:30:00+04:00");
    CHECK(next_at({"--office", "khorfakkan"}) == "2026-12-09T07:30:00+04:00");
    const std::vector<std::string> day{"show",    "--from",     "2026-12-07",
                                       "--until", "2026-12-07", "--json"};
    const auto why = [&](std::vector<std::string> words, const std::string& office) {
        if (!office.empty()) words.insert(words.end(), {"--office", office});
        return json::parse(calendar_of(config, words).out)["days"][0]["why"].get<std::string>();
    };
    CHECK(why(day, "").empty());
    CHECK(why(day, "sharjah") == "mourning (announced)");
    CHECK(calendar({"show", "--office", "moon"}).code == kFailed);
}

TEST_CASE("amer calendar check finds nothing wrong with what is delivered, and says what is") {
    CHECK(calendar({"check", "--on", "2026-11-26"}).code == kDone);
    // Six days before the feast, and nobody has announced it.
    const Ended eid = calendar({"check", "--on", "2026-05-20", "--json"});
    CHECK(eid.code == kFailed);
    const json wrong = json::parse(eid.out)["wrong"];
    REQUIRE(wrong.size() == 2);
    CHECK(wrong[0] ==
          "holiday 'eid-al-adha' 2026-05-26 to 2026-05-29 is only predicted, and near: no row says "
          "what was announced");
    CHECK(calendar({"check", "--on", "soon"}).code == kMisused);
}

TEST_CASE("amer calendar predict proposes rows that calendar.toml takes") {
    const Ended proposed = calendar({"predict", "--year", "2028"});
    CHECK(proposed.code == kDone);
    CHECK(proposed.out.find("[[holiday]]\nid = \"eid-al-fitr\"\n") != std::string::npos);
    CHECK(proposed.out.find("status = \"predicted\"\n") != std::string::npos);
    const Folder folder;
    const auto config = folder.configuration_with(proposed.out);
    const Ended may =
        calendar_of(config, {"show", "--from", "2028-05-01", "--until", "2028-05-10"});
    CHECK(may.out.find("Arafat Day and Eid Al Adha (predicted)") != std::string::npos);
    CHECK(calendar({"predict", "--year", "2027"})
              .out.find("# In the calendar already: 2027-03-09 to 2027-03-11, predicted.\n"
                        "[[holiday]]\nid = \"eid-al-fitr\"\n") != std::string::npos);
    CHECK(calendar({"predict", "--year", "9"}).code == kMisused);
}

TEST_CASE("what amer calendar export writes, import gives back as rows that calendar.toml takes") {
    const Ended exported = calendar({"export", "--from", "2026-11-01", "--until", "2027-03-31"});
    CHECK(exported.code == kDone);
    CHECK(exported.out.starts_with("BEGIN:VCALENDAR\r\n"));
    CHECK(exported.out.find("UID:holiday-eid-al-fitr-2027@amer") != std::string::npos);
    CHECK(exported.out.find("UID:holiday-eid-al-adha-2027@amer") == std::string::npos);
    const Folder folder;
    const std::string file = folder.write("days.ics", exported.out);
    const Ended imported = run_kept({"calendar", "import", file});
    CHECK(imported.code == kDone);
    CHECK(imported.out.find("[[holiday]]\nid = \"national-day\"\nname = { ar = \"عيد الاتحاد\", "
                            "en = \"Eid Al Etihad, the National Day\" }\n"
                            "first_day = 2026-12-02\nlast_day = 2026-12-03\n"
                            "status = \"announced\"\n") != std::string::npos);
    CHECK(imported.out.find(": hours \"Ramadan 1448\": left out") != std::string::npos);
    const auto config = folder.configuration_with(imported.out);
    CHECK(calendar_of(config, {"show"}).code == kDone);
    const Ended confirmed = run_kept({"calendar", "import", file, "--status", "confirmed"});
    CHECK(confirmed.out.find("\"announced\"") == std::string::npos);
    CHECK(confirmed.out.find("status = \"confirmed\"") != std::string::npos);
}

TEST_CASE("amer calendar export --office has the rows that hold there and no others") {
    const Folder folder;
    const auto config = folder.configuration_with(kMourningInSharjah);
    const auto has_mourning = [&](const std::vector<std::string>& office) {
        std::vector<std::string> words{"export"};
        words.insert(words.end(), office.begin(), office.end());
        return calendar_of(config, words).out.find("X-AMER-SCOPE:emirate sharjah") !=
               std::string::npos;
    };
    CHECK(has_mourning({}));
    CHECK(has_mourning({"--office", "khorfakkan"}));
    CHECK_FALSE(has_mourning({"--office", "dubai"}));
}

TEST_CASE("amer calendar import refuses what it does not understand, and a file that is none") {
    const Folder folder;
    const std::string recurring =
        folder.write("r.ics",
                     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261202\nSUMMARY:x\n"
                     "RRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR\n");
    const Ended refused = run_kept({"calendar", "import", recurring});
    CHECK(refused.code == kFailed);
    CHECK(refused.out.empty());
    CHECK(run_kept({"calendar", "import", folder.path.string()}).code == kFailed);
    CHECK(run_kept({"calendar", "import", (folder.path / "none.ics").string()}).code == kFailed);
    CHECK(run_kept({"calendar", "import"}).code == kMisused);
}

TEST_CASE("amer calendar history tells every version of a journal, and what was believed when") {
    const Folder folder;
    keep_journal(folder.path);
    const auto history = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"calendar", "history", "--data", folder.path.string()});
        return run_kept(words);
    };
    const json versions = json::parse(history({"--json"}).out);
    REQUIRE(versions.size() == 3);
    CHECK(versions[0]["cause"] == "configuration 1 was published");
    CHECK(versions[1]["since"] == "2026-11-17T08:00:00+04:00");
    CHECK(versions[1]["changes"] ==
          json::array({"holiday 'national-day' changed: it was 2026-12-02 to 2026-12-03, "
                       "announced; it is 2026-12-02, announced"}));
    CHECK(versions[2]["cause"] == "closed by hamad");
    const auto third_of_december = [&](const char* believed_on) {
        const Ended ended =
            history({"--believed-on", believed_on, "--day", "2026-12-03", "--json"});
        REQUIRE(ended.code == kDone);
        return json::parse(ended.out)["hours"].get<std::string>();
    };
    CHECK(third_of_december("2026-11-16") == "closed");
    CHECK(third_of_december("2026-11-17") == "07:30-16:30");
    CHECK(history({"--believed-on", "2026-10-31"}).code == kFailed);
    CHECK(history({"--believed-on", "then"}).code == kMisused);
    const Ended storm = history({"--day", "2026-11-20"});
    CHECK(
        storm.out ==
        "By version 3, in force since 2026-11-20T08:00:00+04:00:\nFriday 2026-11-20: 07:30-12:00, "
        "a storm, from 2026-11-20T08:00:00+04:00 until 2026-11-20T12:00:00+04:00\n");
}

TEST_CASE("amer calendar close and reopen need a running centre and a reason in both languages") {
    const Folder folder;
    const std::string data = folder.path.string();
    CHECK(run_kept({"calendar", "close", "--data", data, "--until", "16:30", "--reason-ar", "عاصفة",
                    "--reason-en", "a storm"})
              .code == kFailed);
    CHECK(run_kept({"calendar", "reopen", "--data", data}).code == kFailed);
    CHECK(run_kept({"calendar", "close", "--data", data, "--until", "16:30"}).code == kMisused);
}

TEST_CASE("amer calendar refuses what is no instant, no day or too many days") {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"next", "--at", "tomorrow"},
             {"show", "--from", "2026-13-01"},
             {"show", "--from", "2026-12-02", "--until", "2026-12-01"},
             {"show", "--from", "2020-01-01", "--until", "2026-12-01"}}) {
        CHECK(calendar(words).code == kMisused);
    }
}

}  // namespace amer::cli
