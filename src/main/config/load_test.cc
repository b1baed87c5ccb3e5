#include "main/config/load.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>

#include <unistd.h>

using namespace amer;
namespace fs = std::filesystem;

namespace {

// A copy of the default configuration that a story may spoil.
class Folder {
public:
    Folder() : path_{fs::path{AMER_BINARY_DIR} / unique_name()} {
        fs::remove_all(path_);
        fs::copy(fs::path{AMER_SOURCE_DIR} / "config", path_, fs::copy_options::recursive);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const fs::path& path() const { return path_; }

    void write(const std::string& file, const std::string& text) const {
        std::ofstream{path_ / file} << text;
    }

    std::string read(const std::string& file) const {
        std::ifstream stream{path_ / file};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }

    void replace(const std::string& file, const std::string& what, const std::string& with) const {
        std::string text = read(file);
        const std::size_t at = text.find(what);
        REQUIRE(at != std::string::npos);
        write(file, text.replace(at, what.size(), with));
    }

    // Every problem as "file:line:column: text", the folder's own path cut away.
    std::vector<std::string> problems(std::optional<fs::path> texts = std::nullopt) const {
        const auto loaded = config::load(path_, std::move(texts));
        std::vector<std::string> lines;
        if (loaded) return lines;
        for (const config::Problem& problem : loaded.error()) {
            const std::string line = problem.line();
            REQUIRE(line.starts_with(path_.string()));
            lines.push_back(line.substr(path_.string().size() + 1));
        }
        return lines;
    }

    // The one problem there is.
    std::string problem() const {
        const std::vector<std::string> all = problems();
        REQUIRE(all.size() == 1);
        return all[0];
    }

private:
    static std::string unique_name() {
        static std::atomic<int> count = 0;
        return "config_test_" + std::to_string(getpid()) + "_" + std::to_string(count++);
    }

    fs::path path_;
};

}  // namespace

TEST_CASE("the default centre is good and has the ministry's two numbers") {
    const auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config");
    REQUIRE(loaded);
    const centre::Configuration& centre = loaded->centre;
    CHECK(centre.ministry.en == "Ministry of Public Works");
    REQUIRE(centre.numbers.size() == 2);
    CHECK(centre.numbers[0].number.e164() == "+971600500500");
    CHECK(centre.numbers[0].flow.value == "u-main");
    CHECK(centre.numbers[1].also == std::vector<std::string>{"8006679"});
    CHECK(centre.agents.size() == 5);
    CHECK(centre.promises.pause_ms == 7'200'000);
    CHECK(centre.promises.share_percent == 50);
    CHECK(centre.promises.machine_after_ms == 3'000);
    using Outcome = callback::AttemptOutcome;
    CHECK(centre.promises.outcomes ==
          std::vector<callback::AttemptRule>{{Outcome::busy, 900'000, true, false},
                                             {Outcome::network, 300'000, false, false},
                                             {Outcome::invalid_number, 7'200'000, true, true}});
    CHECK(centre.queues[0].ring_ms == 15'000);
    CHECK(loaded->system.sip.udp == sip::Endpoint{"127.0.0.1", 5060});
    CHECK(loaded->system.journal.when_unwritable ==
          config::JournalSettings::WhenUnwritable::refuse);
    CHECK(loaded->system.journal.announced_at_once == 50);
}

TEST_CASE("the default calendar is the official week, Ramadan and the holidays") {
    const auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config");
    REQUIRE(loaded);
    const calendar::Calendar& calendar = loaded->centre.calendar;
    const auto at = [&](int year, unsigned month, unsigned day, int hour, int minute) {
        return calendar::instant_of(
            calendar, {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}},
            hour * 60 + minute);
    };
    CHECK_FALSE(calendar::is_open(calendar, at(2026, 11, 19, 16, 30)));
    CHECK(calendar::is_open(calendar, at(2026, 11, 20, 11, 59)));
    CHECK_FALSE(calendar::is_open(calendar, at(2026, 11, 22, 10, 0)));  // Sunday
    CHECK(calendar::is_open(calendar, at(2016, 6, 5, 10, 0)));          // a Sunday of the old week
    CHECK_FALSE(calendar::is_open(calendar, at(2026, 3, 18, 15, 0)));   // Ramadan
    CHECK_FALSE(calendar::is_open(calendar, at(2026, 12, 2, 10, 0)));   // National Day
}

TEST_CASE("the menus lead where the ministry says") {
    const auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config");
    REQUIRE(loaded);
    const auto menu = [&](const std::string& flow_id, const std::string& step_id) {
        for (const flow::Flow& flow : loaded->centre.flows) {
            for (const flow::Step& step : flow.steps) {
                if (flow.id.value == flow_id && step.id.value == step_id) {
                    return std::get<flow::Menu>(step.body);
                }
            }
        }
        return flow::Menu{};
    };
    CHECK(menu("u-main", "departments").keys.at("2").value == "federal-roads");
    CHECK(menu("u-main", "branches").keys.at("8").value == "khorfakkan");
    CHECK(menu("u-main", "language").languages.at("2") == Language::english);
    CHECK(menu("t-main", "main").keys.at("4").value == "complaints");
    for (const char* flow : {"u-main", "t-main"}) {
        CHECK(menu(flow, "main").keys.at("0").value == "customer-service");
        CHECK(menu(flow, "main").keys.at("5").value == "priority");
        CHECK(menu(flow, "main").keys.at("8").value == "reference");
    }
}

TEST_CASE("a key nobody knows is named with its line and the one that was meant") {
    const Folder folder;
    folder.replace("trunks.toml", "channels = 60", "chanels = 60");
    CHECK(folder.problem() ==
          "trunks.toml:13:1: 'chanels' is not known here: did you mean "
          "'channels'?");
}

TEST_CASE("a key that resembles nothing is answered with the keys there are") {
    const Folder folder;
    folder.replace("numbers.toml", "flow = \"t-main\"", "flow = \"t-main\"\nbudget = 7");
    CHECK(folder.problem() ==
          "numbers.toml:15:1: 'budget' is not known here: expected one of "
          "number, also, title, flow, after_agent");
}

TEST_CASE("values of the wrong type or form say what was expected") {
    const Folder folder;
    const auto story = [&](const std::string& file, const std::string& what,
                           const std::string& with, const std::string& expected) {
        CAPTURE(with);
        const std::string before = folder.read(file);
        folder.replace(file, what, with);
        CHECK(folder.problem() == expected);
        folder.write(file, before);
    };
    story("centre.toml", "pause = \"2h\"", "pause = 2",
          "centre.toml:12:9: 'pause' is the whole number 2: expected a length of time of at most a "
          "day, such as \"20s\", \"5m\" or \"2h\"");
    story("centre.toml", "pause = \"2h\"", "pause = \"2 hours\"",
          "centre.toml:12:9: 'pause' is \"2 hours\": expected a length of time of at most a day, "
          "such as \"20s\", \"5m\" or \"2h\"");
    story("centre.toml", "tries = 3", "tries = \"three\"",
          "centre.toml:11:9: 'tries' is \"three\": expected a whole number from 1 to 20");
    story("centre.toml", "is_on = true", "is_on = \"yes\"",
          "centre.toml:46:9: 'is_on' is \"yes\": expected true or false");
    story("centre.toml", "udp = \"127.0.0.1:5060\"", "udp = \"localhost:5060\"",
          "centre.toml:53:7: 'udp' is \"localhost:5060\": expected an address and port such as "
          "\"127.0.0.1:5060\" or \"[::1]:5060\", or \"off\"");
    story("centre.toml", "country = \"AE\"", "country = \"ae\"",
          "centre.toml:5:11: 'country' is \"ae\": expected two capital letters of ISO 3166 such as "
          "\"AE\"");
    story("numbers.toml", "\"+971600500500\"", "\"600500500\"",
          "numbers.toml:4:10: 'number' is \"600500500\": expected a number in international form "
          "such as \"+971600500500\"");
    story("calendar.toml", "sunday = \"07:30-16:30\"", "sunday = \"7:30-16:30\"",
          "calendar.toml:16:10: 'sunday' is \"7:30-16:30\": expected hours such as "
          "\"07:30-16:30\", or a list of them");
    story(
        "calendar.toml", "first_day = 2016-06-06", "first_day = \"6 June 2016\"",
        "calendar.toml:33:13: 'first_day' is \"6 June 2016\": expected a day of the calendar such "
        "as 2026-11-20");
    story(
        "calendar.toml", "offset = \"+04:00\"", "offset = \"Asia/Dubai\"",
        "calendar.toml:10:10: 'offset' is \"Asia/Dubai\": expected hours and minutes from UTC such "
        "as \"+04:00\"");
    story("calendar.toml", "last_day = 2016-07-05", "last_day = 2016-06-05",
          "calendar.toml:34:12: 'last_day' is before 'first_day': expected the same day or a later "
          "one");
    story("centre.toml", "is = \"busy\"", "is = \"engaged\"",
          "centre.toml:32:6: 'is' is \"engaged\": expected one of no-answer, busy, rejected, "
          "invalid-number, network, gave-up, voicemail, left-waiting");
    story("centre.toml", "share_of_agents = 50", "share_of_agents = 0",
          "centre.toml:21:19: 'share_of_agents' is the whole number 0: expected a "
          "whole number from 1 to 100");
    story("centre.toml", "dialling = \"agent-first\"", "dialling = \"both\"",
          "centre.toml:24:12: 'dialling' is \"both\": expected one of agent-first, customer-first");
    story("centre.toml", "agents_per_customer = 8", "agents_per_customer = 0",
          "centre.toml:25:23: 'agents_per_customer' is the whole number 0: expected a whole "
          "number from 1 to 1000");
    story("centre.toml", "when_unwritable = \"refuse\"", "when_unwritable = \"sing\"",
          "centre.toml:74:19: 'when_unwritable' is \"sing\": expected one of refuse, announce");
    story("units.toml", "kind = \"department\"", "kind = \"departement\"",
          "units.toml:6:8: 'kind' is \"departement\": expected one of department, branch");
    story("trunks.toml", "peers = [\"127.0.0.2\"]", "peers = [\"operator.example\"]",
          "trunks.toml:9:9: 'peers' has \"operator.example\": expected literal addresses such as "
          "\"192.0.2.7\" or \"2001:db8::7\"");
    story("agents.toml", "languages = [\"arabic\"]", "languages = [\"arabik\"]",
          "agents.toml:116:13: 'languages' has \"arabik\": expected one of arabic, english");
    story("flows/t-main.toml", "do = \"say\"", "do = \"sing\"",
          "flows/t-main.toml:10:6: 'do' is \"sing\": expected one of say, menu, collect, consent, "
          "hours, caller_known, enqueue, take_message, look_up, notice, hang_up");
    story("flows/t-main.toml", "keys = { \"1\" = \"storm\"", "keys = { \"11\" = \"storm\"",
          "flows/t-main.toml:18:8: 'keys' has \"11\": expected 0 to 9, * or #");
}

TEST_CASE("what is missing is told at the row that lacks it") {
    const Folder folder;
    folder.replace("queues.toml", "unit = \"customer-service\"\n", "");
    CHECK(folder.problem() == "queues.toml:22:1: 'unit' is missing: expected a text");
}

TEST_CASE("rows that do not fit each other are shown where they stand") {
    const Folder folder;
    folder.replace("queues.toml", "unit = \"housing\"", "unit = \"houses\"");
    folder.replace("flows/u-main.toml", "next = \"language\"", "next = \"langage\"");
    const std::vector<std::string> all = folder.problems();
    REQUIRE(all.size() >= 2);
    CHECK(all[0].starts_with("flows/u-main.toml:8:1: flow 'u-main', step 'greeting': expected"));
    CHECK(all[0].find("langage") != std::string::npos);
    CHECK(all.back() ==
          "queues.toml:46:8: queues.housing.unit: expected the id of a unit; "
          "'houses' is none");
}

TEST_CASE("a step's further queues are read; one that is none is shown where the step stands") {
    const Folder folder;
    const std::string housing = "do = \"enqueue\"\nqueue = \"housing\"";
    folder.replace("flows/t-main.toml", housing,
                   housing + "\nalso = [\"customer-service\", \"federal-roads\"]");
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    std::vector<QueueId> also;
    for (const flow::Flow& flow : loaded->centre.flows) {
        if (flow.id != FlowId{"t-main"}) continue;
        for (const flow::Step& step : flow.steps) {
            if (step.id == StepId{"housing"}) also = std::get<flow::Enqueue>(step.body).also;
        }
    }
    CHECK(also == std::vector<QueueId>{QueueId{"customer-service"}, QueueId{"federal-roads"}});

    folder.replace("flows/t-main.toml", "also = [\"customer-service\",", "also = [\"housing\",");
    CHECK(folder.problem() ==
          "flows/t-main.toml:103:1: flow 't-main', step 'housing': expected 'queue' and 'also' "
          "name every queue once; 'housing' is there twice");
}

TEST_CASE("a length outside its range is shown at the key the file uses") {
    const Folder folder;
    folder.replace("queues.toml", "ring = \"15s\"", "ring = \"1ms\"");
    CHECK(folder.problem() ==
          "queues.toml:26:8: queues.customer-service.ring_ms: expected 1000 to "
          "600000, not 1");
}

TEST_CASE("machines are listened for after a time that words of people do not last, or never") {
    const Folder folder;
    folder.replace("centre.toml", "machine_after = \"3s\"", "machine_after = \"1s\"");
    CHECK(folder.problem() ==
          "centre.toml:19:17: promises.machine_after_ms: expected 0 (never) or 1500 to 15000, not "
          "1000");
    folder.replace("centre.toml", "machine_after = \"1s\"", "machine_after = \"0s\"");
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    CHECK(loaded->centre.promises.machine_after_ms == 0);
}

TEST_CASE("a queue's strategy, its steps, an agent's tiers and skills are read") {
    const Folder folder;
    folder.replace("queues.toml", "announce_every = \"30s\"",
                   "announce_every = \"30s\"\nstrategy = \"most-skilled\"\nweight = 3\n"
                   "[[queue.step]]\nneeds = [\"loans:3:2\", \"urdu\"]\nhighest_tier = 1\n"
                   "lasts = \"20s\"\n[[queue.step]]\n");
    folder.replace("agents.toml", "languages = [\"arabic\", \"english\"]",
                   "languages = [\"arabic\", \"english\"]\nskills = [\"loans:4\", \"urdu\"]");
    folder.replace("agents.toml", "\"customer-service\", \"remarks\"",
                   "\"customer-service:2:5\", \"remarks:3\"");
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    const centre::Queue& queue = loaded->centre.queues[0];
    CHECK(queue.strategy == queue::Strategy::most_skilled);
    CHECK(queue.weight == 3);
    const SkillId loans{"loans"};
    const SkillId urdu{"urdu"};
    CHECK(queue.steps ==
          std::vector<queue::Step>{{{{loans, 3, 2}, {urdu, 1, 1}}, 1, 20'000}, {{}, 0, 0}});
    const centre::AgentRow& agent = loaded->centre.agents[0];
    CHECK(agent.skills == std::vector<queue::SkillLevel>{{loans, 4}, {urdu, 1}});
    CHECK(agent.queues[0] == centre::Membership{QueueId{"customer-service"}, 2, 5});
    CHECK(agent.queues[1] == centre::Membership{QueueId{"remarks"}, 3, 1});
    CHECK(agent.queues[2] == centre::Membership{QueueId{"complaints"}, 1, 1});
}

TEST_CASE("a tier that is no number, a strategy nobody knows: told with what would be right") {
    const Folder folder;
    folder.replace("agents.toml", "\"remarks\"", "\"remarks:first\"");
    CHECK(folder.problem() ==
          "agents.toml:77:10: 'queues' has \"remarks:first\": expected a queue, its tier and "
          "weight after colons, such as \"dubai:2\" or \"dubai:2:5\"");
    const Folder other;
    other.replace("queues.toml", "ring = \"15s\"", "ring = \"15s\"\nstrategy = \"lucky\"");
    CHECK(other.problem().find("least-occupied") != std::string::npos);
}

TEST_CASE("everything wrong in several files comes at once, in order") {
    const Folder folder;
    folder.replace("centre.toml", "tries = 3", "tries = 0");
    folder.replace("centre.toml", "threads = 1", "threads = 0");
    folder.replace("trunks.toml", "port = 5062", "port = 70000");
    fs::remove(folder.path() / "units.toml");
    const std::vector<std::string> all = folder.problems();
    REQUIRE(all.size() == 4);
    CHECK(all[0].starts_with("centre.toml:11:9: "));
    CHECK(all[1].starts_with("centre.toml:61:11: "));
    CHECK(all[2] ==
          "trunks.toml:11:8: 'port' is the whole number 70000: expected a whole number "
          "from 1 to 65535");
    CHECK(all[3] == "units.toml: this file is missing");
}

TEST_CASE("a file that is not TOML is told with its line") {
    const Folder folder;
    folder.write("numbers.toml", "[[number]]\nnumber = +971\n]]");
    CHECK(folder.problem().starts_with("numbers.toml:3:"));
}

TEST_CASE("a misspelt file is not passed over in silence") {
    const Folder folder;
    fs::rename(folder.path() / "queues.toml", folder.path() / "queue.toml");
    const std::vector<std::string> all = folder.problems();
    REQUIRE(all.size() == 2);
    CHECK(all[0] == "queue.toml: this file is not read: did you mean queues.toml?");
    CHECK(all[1] == "queues.toml: this file is missing");
}

TEST_CASE("a closure needs instants with their offset") {
    const Folder folder;
    const std::string rows =
        "[[closure]]\nid = \"storm\"\nname = { ar = \"عاصفة\", en = \"storm\" }\n"
        "from = 2026-12-21T10:00:00+04:00\nuntil = 2026-12-21T12:00:00+04:00\n"
        "source = \"the minister\"\n";
    const std::string before = folder.read("calendar.toml");
    folder.write("calendar.toml", before + rows);
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    REQUIRE(loaded->centre.calendar.closures.size() == 1);
    CHECK(loaded->centre.calendar.closures[0].until - loaded->centre.calendar.closures[0].from ==
          std::chrono::hours{2});
    folder.replace("calendar.toml", "until = 2026-12-21T12:00:00+04:00", "until = 2026-12-21");
    CHECK(folder.problem().find("'until' is the date 2026-12-21: expected an instant with its "
                                "offset from UTC such as 2026-11-20T10:00:00+04:00") !=
          std::string::npos);
}

TEST_CASE("a row of the calendar is for the whole centre, for an emirate or for an office") {
    const Folder folder;
    const std::string rows =
        "[[weekly]]\nfrom = 2010-01-01\noffice = \"khorfakkan\"\nmonday = \"08:00-13:00\"\n"
        "[[weekly]]\nfrom = 2026-01-01\noffice = \"khorfakkan\"\nmonday = \"08:00-14:00\"\n"
        "[[dated]]\nname = \"flood\"\nfirst_day = 2026-12-07\nlast_day = 2026-12-08\n"
        "emirate = \"sharjah\"\n"
        "[[holiday]]\nid = \"mourning\"\nname = { ar = \"حداد\", en = \"mourning\" }\n"
        "first_day = 2026-12-14\nlast_day = 2026-12-15\nstatus = \"announced\"\n"
        "source = \"the ruler's court\"\nemirate = \"sharjah\"\nrule = \"three days\"\n"
        "announced_on = 2026-12-13\n"
        "[[closure]]\nid = \"fire\"\nname = { ar = \"حريق\", en = \"fire\" }\n"
        "from = 2026-12-21T10:00:00+04:00\nuntil = 2026-12-21T12:00:00+04:00\n"
        "source = \"the fire service\"\noffice = \"dubai\"\n";
    folder.write("calendar.toml", folder.read("calendar.toml") + rows);
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    const calendar::Calendar& calendar = loaded->centre.calendar;
    using Kind = calendar::Scope::Kind;
    CHECK(calendar.weekly.front().scope == calendar::Scope{});
    CHECK(calendar.weekly.back().scope == calendar::Scope{Kind::office, "khorfakkan"});
    CHECK(calendar.dated.back().scope == calendar::Scope{Kind::emirate, "sharjah"});
    const calendar::Holiday& mourning = calendar.holidays.back();
    CHECK(mourning.scope == calendar::Scope{Kind::emirate, "sharjah"});
    CHECK(mourning.rule == "three days");
    REQUIRE(mourning.announced_on);
    CHECK(calendar::text_of(*mourning.announced_on) == "2026-12-13");
    CHECK_FALSE(calendar.holidays.front().announced_on);
    CHECK(calendar.closures.back().scope == calendar::Scope{Kind::office, "dubai"});
}

TEST_CASE("a unit says in which emirate it stands; the branches as delivered do") {
    const auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config");
    REQUIRE(loaded);
    for (const centre::Unit& unit : loaded->centre.units) {
        CAPTURE(unit.id.value);
        CHECK(unit.emirate.empty() == (unit.kind == centre::Unit::Kind::department));
        if (unit.id.value == "khorfakkan") CHECK(unit.emirate == "sharjah");
    }
}

TEST_CASE("a row of the calendar for a place that is not there is shown at its line") {
    const auto last_problem = [](const std::string& rows) {
        const Folder folder;
        folder.write("calendar.toml", folder.read("calendar.toml") + rows);
        const std::string problem = folder.problem();
        return problem.substr(problem.find(": ") + 2);
    };
    const std::string weekly = "[[weekly]]\nfrom = 2026-12-01\nmonday = \"08:00-13:00\"\n";
    CHECK(last_problem(weekly + "office = \"korfakkan\"\n") ==
          "'office' is \"korfakkan\": expected the id of a unit in units.toml, such as "
          "\"khorfakkan\"");
    CHECK(last_problem(weekly + "emirate = \"elsewhere\"\n") ==
          "'emirate' is \"elsewhere\": expected the 'emirate' of a unit in units.toml");
    CHECK(last_problem(weekly + "emirate = \"dubai\"\noffice = \"dubai\"\n") ==
          "'emirate' and 'office' are both given: expected one of them, or neither for the whole "
          "centre");
    const std::string of_dubai = weekly + "office = \"dubai\"\n";
    CHECK(last_problem(of_dubai + of_dubai) ==
          "'from' is not after the weekly row before: expected rising days");
}

TEST_CASE("a folder that is not there is one clear problem") {
    const auto loaded = config::load("no/such/folder");
    REQUIRE_FALSE(loaded);
    REQUIRE(loaded.error().size() == 1);
    CHECK(loaded.error()[0].line() ==
          "no/such/folder: no such folder: expected a configuration folder");
}

TEST_CASE("the default centre's texts are read with it, the ministry's name filled in") {
    const auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config");
    REQUIRE(loaded);
    REQUIRE(loaded->texts);
    const auto& greeting = loaded->texts->at(PromptId{"GRT-U"});
    CHECK(greeting.at(Language::english) ==
          "Welcome to Amer, the customer service centre of the Ministry of Public Works.");
    CHECK(loaded->texts->at(PromptId{"UNIT-housing"}).contains(Language::arabic));
    CHECK_FALSE(loaded->texts->contains(PromptId{"spellings"}));
    const auto known = config::known_prompts(*loaded->texts);
    CHECK(known.at(PromptId{"REF-SAY"}).at(Language::arabic) ==
          std::set<std::string>{"ref", "status", "date"});
}

TEST_CASE("a prompt that is not written or cannot be filled is shown where the flow names it") {
    const Folder folder;
    const fs::path texts = fs::path{AMER_SOURCE_DIR} / "prompts";
    CHECK(folder.problems(texts).empty());
    folder.replace("flows/u-main.toml", "prompts = [\"LNG\"]", "prompts = [\"LNGG\"]");
    folder.replace("flows/u-main.toml", "\"CLS-HOL\", \"CLS-HRS\"", "\"CLS-HRS\", \"Q-POS\"");
    const std::vector<std::string> all = folder.problems(texts);
    REQUIRE(all.size() == 3);
    CHECK(
        all[0] ==
        "flows/u-main.toml:17:12: flow 'u-main', step 'language', 'prompts': expected the id of a "
        "prompt; 'LNGG' is written in no language");
    CHECK(all[1].find("step 'closed', 'prompts': expected only what is known here to be spoken; "
                      "'Q-POS' has {n} in Arabic") != std::string::npos);
    CHECK(folder.problems().empty());  // no texts beside it: nothing to compare with
}

TEST_CASE("the ministry's own wording is checked too; a folder without texts is named") {
    const Folder folder;
    const fs::path texts = fs::path{AMER_SOURCE_DIR} / "prompts";
    folder.write("prompts.en.toml", "[GRT-U]\ndisplay = \"Welcome, number {n}.\"\n");
    const std::vector<std::string> own = folder.problems(texts);
    REQUIRE(own.size() == 1);
    CHECK(own[0].find("'GRT-U' has {n} in English") != std::string::npos);
    folder.write("prompts.en.toml", "[GRT-U]\nspeech = \"Welcome.\"\n");
    CHECK(folder.problems(texts) ==
          std::vector<std::string>{
              "prompts.en.toml:1:2: prompt 'GRT-U' has no text: expected 'display'"});
    const auto loaded = config::load(folder.path(), folder.path() / "none");
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error()[0].text == "this file cannot be read");
}

TEST_CASE("agents' codes are read with their reason and words") {
    const Folder folder;
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    const auto& codes = loaded->system.desk_codes;
    REQUIRE(codes.size() >= 4);
    CHECK(codes[0].dialled == "*11");
    CHECK(codes[0].act == telephony::DeskAct::ready);
    CHECK(codes[0].says == PromptId{"DESK-READY"});
    CHECK(codes[1].act == telephony::DeskAct::not_ready);
    CHECK(codes[1].reason == "break");
    CHECK(codes[1].says == PromptId{"DESK-BREAK"});
    CHECK(codes[2].act == telephony::DeskAct::wrapped_up);
    CHECK(codes[3].act == telephony::DeskAct::log_out);
}

TEST_CASE("a code that means two things, or nothing, is shown at its line") {
    const auto problem_of = [&](const std::string& row) {
        const Folder one;
        const std::string before = one.read("agents.toml");
        one.write("agents.toml", before + "\n[[code]]\n" + row);
        const auto lines = std::count(before.begin(), before.end(), '\n');
        const std::string problem = one.problem();
        const std::string place = "agents.toml:" + std::to_string(lines + 3) + ":";
        CAPTURE(problem);
        CHECK(problem.starts_with(place));
        return problem.substr(problem.find(": ") + 2);
    };
    CHECK(problem_of("dial = \"*11\"\ndoes = \"ready\"") ==
          "'dial' is \"*11\": an earlier code is dialled so");
    CHECK(problem_of("dial = \"8006679\"\ndoes = \"ready\"") ==
          "'dial' is \"8006679\": the number +9718006679 is dialled so");
    CHECK(problem_of("dial = \"*1x\"\ndoes = \"ready\"") ==
          "'dial' is \"*1x\": expected 2 to 8 keys of a telephone, such as \"*11\"");
    CHECK(problem_of("does = \"rest\"\ndial = \"*19\"")
              .find("expected one of ready, not-ready, "
                    "wrapped-up, log-out") != std::string::npos);
    CHECK(problem_of("reason = \"holiday\"\ndial = \"*19\"\ndoes = \"not-ready\"")
              .starts_with(
                  "'reason' is \"holiday\": expected one of the reasons of this file, break, "
                  "prayer"));
    CHECK(problem_of("reason = \"break\"\ndial = \"*19\"\ndoes = \"ready\"") ==
          "'reason' is for the code of not-ready only");
}

TEST_CASE("the words of a code are written in both languages") {
    const Folder folder;
    const fs::path texts = fs::path{AMER_SOURCE_DIR} / "prompts";
    folder.replace("agents.toml", "says = \"DESK-BREAK\"", "says = \"DESK-BRAKE\"");
    const std::vector<std::string> all = folder.problems(texts);
    REQUIRE(all.size() == 1);
    CHECK(all[0].find("agents.toml:") == 0);
    CHECK(all[0].find("'DESK-BRAKE' is not written in both") != std::string::npos);
}

namespace {

const char* const kTextGateway = R"(
[text_gateway]
url = "https://sms.example/send"
headers = ["Authorization: Bearer {secret}"]
body = '{"to":"{to}","text":"{text}"}'
secret_file = "sms-secret"
)";

const char* const kMail = R"(
[mail]
server = "mail.example"
from = "amer@ministry.example"
)";

// The default centre, told to write by these ways.
struct Writing : Folder {
    void by_text(const std::string& occasions) const {
        replace("centre.toml", "by_text = []", "by_text = " + occasions);
    }
    void by_mail(const std::string& occasions, const std::string& to) const {
        replace("centre.toml", "by_mail = []", "by_mail = " + occasions);
        replace("centre.toml", "mail_to = []", "mail_to = " + to);
    }
    void with(const std::string& table) const { write("centre.toml", read("centre.toml") + table); }
};

}  // namespace

TEST_CASE("nobody is written to unless it is asked for") {
    const auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config");
    REQUIRE(loaded);
    CHECK(loaded->centre.notifications.by_text.empty());
    CHECK(loaded->centre.notifications.by_mail.empty());
    CHECK_FALSE(loaded->system.notifications.text_gateway);
    CHECK_FALSE(loaded->system.notifications.mail);
}

TEST_CASE("what is told by which way, and how, is read from centre.toml") {
    using notification::Occasion;
    const Writing folder;
    folder.by_text(R"(["promise_made", "promise_redated"])");
    folder.by_mail(R"(["no_opening"])", R"(["duty@ministry.example"])");
    folder.replace("centre.toml", "first_pause = \"30s\"", "first_pause = \"5s\"");
    folder.with(kTextGateway);
    folder.with(kMail);
    const auto loaded = config::load(folder.path());
    REQUIRE(loaded);
    const centre::NotificationPlan& plan = loaded->centre.notifications;
    CHECK(plan.by_text == std::vector{Occasion::promise_made, Occasion::promise_redated});
    CHECK(plan.by_mail == std::vector{Occasion::no_opening});
    CHECK(plan.mail_to == std::vector<std::string>{"duty@ministry.example"});
    const config::NotificationSettings& ways = loaded->system.notifications;
    CHECK(ways.pace.first_pause == std::chrono::seconds{5});
    CHECK(ways.pace.give_up_after == std::chrono::hours{24});
    CHECK(ways.text_gateway->body == R"({"to":"{to}","text":"{text}"})");
    CHECK(ways.text_secret == folder.path() / "sms-secret");
    CHECK(ways.mail->server == "mail.example");
    CHECK(ways.wording);
}

TEST_CASE("an occasion without a way out, or one that is not told this way, is a mistake") {
    const Writing folder;
    SUBCASE("no gateway") {
        folder.by_text(R"(["promise_made"])");
        CHECK(
            folder.problem().ends_with("'by_text' names what is told by short message, and there "
                                       "is no gateway to send it: expected a table "
                                       "[text_gateway]"));
    }
    SUBCASE("no mail server") {
        folder.by_mail(R"(["no_opening"])", R"(["duty@ministry.example"])");
        CHECK(folder.problem().ends_with("there is no server to send it: expected a table [mail]"));
    }
    SUBCASE("nobody to write to") {
        folder.by_mail(R"(["no_opening"])", "[]");
        folder.with(kMail);
        CHECK(
            folder.problem().ends_with("at least one address: 'by_mail' names what is told by "
                                       "mail"));
    }
    SUBCASE("an address that is none") {
        folder.by_mail(R"(["no_opening"])", R"(["duty ministry.example"])");
        folder.with(kMail);
        CHECK(folder.problem().find("'duty ministry.example' is none") != std::string::npos);
    }
    SUBCASE("citizens are not told that the calendar is empty") {
        folder.by_text(R"(["no_opening"])");
        folder.with(kTextGateway);
        CHECK(
            folder.problem().ends_with("'by_text' has \"no_opening\": expected some of "
                                       "promise_made, promise_redated, promise_broken"));
    }
}

TEST_CASE("a gateway that would send numbers unencrypted, or without its secret, is refused") {
    const Writing folder;
    folder.with(kTextGateway);
    SUBCASE("as delivered it is good") { CHECK(folder.problems().empty()); }
    SUBCASE("http") {
        folder.replace("centre.toml", "https://sms", "http://sms");
        CHECK(folder.problem().find("unencrypted") != std::string::npos);
    }
    SUBCASE("a secret and no file") {
        folder.replace("centre.toml", "secret_file = \"sms-secret\"", "");
        CHECK(folder.problem().find("{secret} belong together") != std::string::npos);
    }
}

TEST_CASE("a ministry's own wording takes the place of ours, and its mistakes are found") {
    const Writing folder;
    SUBCASE("good") {
        folder.write("notifications.en.toml",
                     "[text]\npromise_broken = \"Please call 600500500, {reference}\"\n");
        const auto loaded = config::load(folder.path());
        REQUIRE(loaded);
        notification::Notification row;
        row.occasion = notification::Occasion::promise_broken;
        row.language = Language::english;
        row.reference = "4711";
        CHECK(loaded->system.notifications.wording->write(row).body ==
              "Please call 600500500, 4711");
    }
    SUBCASE("a text nobody writes") {
        folder.write("notifications.en.toml", "[text]\npromise_brokn = \"x\"\n");
        CHECK(folder.problem() ==
              "notifications.en.toml:2:1: 'text.promise_brokn' is not a text we "
              "write: did you mean 'text.promise_broken'?");
    }
    SUBCASE("a value that is not known") {
        folder.write("notifications.ar.toml", "[text]\npromise_broken = \"{nmber}\"\n");
        CHECK(folder.problem().find("not known") != std::string::npos);
    }
}
