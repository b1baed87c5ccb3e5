// `amer calendar` upon the configuration that comes with the program.
#include <nlohmann/json.hpp>

#include "main/cli/command.h"
#include "main/cli/test_run.h"

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
    CHECK(arabic.out.find("2026-12-02  Wednesday  closed  عيد الاتحاد (announced)") !=
          std::string::npos);
    const json ramadan =
        answer({"show", "--from", "2025-03-03", "--until", "2025-03-03"})["days"][0];
    CHECK(ramadan["hours"] == "09:00-14:30");
    CHECK(ramadan["why"] == "Ramadan 1446");
    CHECK(answer({"show"})["days"].size() == 14);
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
