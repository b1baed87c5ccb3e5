// When the promise ledger is sealed, and what a seal covers (core/centre/ledger_line.h).
#include "base/sha256.h"
#include "core/centre/ledger_chain.h"
#include "core/centre/ledger_line.h"
#include "core/centre/test_story.h"

namespace amer::centre::example {

using namespace std::chrono_literals;

namespace {

const char* const kThursdayNight = "2026-11-19 18:00";

// Reckoned by the test itself from the lines of everything that happened before `before`.
struct Chain {
    std::uint64_t lines = 0;
    std::string head;
};

Chain chain_of(const Story& story, std::size_t before) {
    Chain chain;
    for (std::size_t at = 0; at < before; ++at) {
        const auto line = ledger_line(story.happened[at], story.happened_at[at]);
        if (!line) continue;
        chain.head = sha256(chain.head + " " + *line + "\n");
        chain.lines += 1;
    }
    return chain;
}

// Every seal so far says what the lines before it come to; returns their days.
std::vector<std::string> sealed_days(const Story& story) {
    std::vector<std::string> days;
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        const auto* seal = std::get_if<LedgerSealed>(&story.happened[at]);
        if (seal == nullptr) continue;
        const Chain chain = chain_of(story, at);
        CHECK(seal->lines == chain.lines);
        CHECK(seal->head == chain.head);
        days.push_back(seal->day);
    }
    return days;
}

void leave_without_message(Story& story, const std::string& from = "+971501234567") {
    const ContactId contact = story.call("8006679", from);
    story.tell(CallerLeft{contact});
}

}  // namespace

TEST_CASE("the state's lines and head are those of everything that happened") {
    Story story{kThursdayNight};
    CHECK(story.state.ledger == callback::Ledger{});
    leave_without_message(story);
    leave_without_message(story, "");
    leave_without_message(story);  // joins the first
    const Chain chain = chain_of(story, story.happened.size());
    CHECK(chain.lines == 3);
    CHECK(story.state.ledger.lines == chain.lines);
    CHECK(story.state.ledger.head == chain.head);
    CHECK(story.state.ledger.seal_at == dubai("2026-11-20 00:00"));
}

TEST_CASE("a day with lines is sealed once, at its midnight; a day without is not") {
    Story story{kThursdayNight};
    leave_without_message(story);
    story.pass_until("2026-11-19 23:59:59");
    CHECK(sealed_days(story).empty());
    story.pass_until("2026-11-20 00:00");
    CHECK(sealed_days(story) == std::vector<std::string>{"2026-11-19"});
    CHECK(story.happened_at.back() == dubai("2026-11-20 00:00"));
    CHECK_FALSE(story.state.ledger.seal_at.has_value());
    story.pass_until("2026-11-20 23:00");  // nobody came to call: overdue at noon, put back
    CHECK(sealed_days(story).size() == 1);
    CHECK(story.all<PromiseOverdue>().size() == 1);
    story.pass_until("2026-11-22 23:00");  // Saturday and Sunday have no line
    CHECK(sealed_days(story) == std::vector<std::string>{"2026-11-19", "2026-11-20"});
}

TEST_CASE("a tick that comes late seals the day that is over, once") {
    Story story{kThursdayNight};
    leave_without_message(story);
    story.now = dubai("2026-11-21 10:00");  // asleep over the midnight, and over the promise's end
    story.pass(1s);
    CHECK(sealed_days(story) == std::vector<std::string>{"2026-11-19"});
    story.pass(24h);
    // What the late tick wrote behind the seal is of the day on which it was written.
    CHECK(sealed_days(story) == std::vector<std::string>{"2026-11-19", "2026-11-21"});
}

TEST_CASE("in one decision the seal covers what stands before it and nothing behind it") {
    Story story{kThursdayNight};
    leave_without_message(story);
    story.now = dubai("2026-11-21 10:00");
    const std::vector<Event> events = story.tell(Tick{});
    const auto place = [&](auto is_it) {
        return std::find_if(events.begin(), events.end(), is_it) - events.begin();
    };
    const auto seal =
        place([](const Event& event) { return std::holds_alternative<LedgerSealed>(event); });
    const auto overdue =
        place([](const Event& event) { return std::holds_alternative<PromiseOverdue>(event); });
    REQUIRE(overdue < static_cast<std::ptrdiff_t>(events.size()));
    CHECK(seal < overdue);  // midnight was before noon
    CHECK(story.last<LedgerSealed>().lines == 1);
    CHECK(story.state.ledger.lines > 1);
    CHECK(story.state.ledger.seal_at == dubai("2026-11-22 00:00"));
    sealed_days(story);
}

TEST_CASE("a chain made from the events agrees with every seal, and with no altered one") {
    Story story{kThursdayNight};
    leave_without_message(story);
    story.pass_until("2026-11-22 23:00");
    LedgerChain chain;
    std::size_t seals = 0;
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        const Event& event = story.happened[at];
        chain.take(event, story.happened_at[at]);
        const auto* seal = std::get_if<LedgerSealed>(&event);
        if (seal == nullptr) continue;
        seals += 1;
        CHECK(chain.agrees(*seal));
        LedgerSealed altered = *seal;
        altered.lines += 1;
        CHECK_FALSE(chain.agrees(altered));
        altered = *seal;
        altered.head[5] = altered.head[5] == 'a' ? 'b' : 'a';
        CHECK_FALSE(chain.agrees(altered));
        LedgerChain other;
        other.go_on_from(*seal);
        CHECK(other.agrees(*seal));
    }
    CHECK(seals == 2);
    CHECK(chain.lines() == story.state.ledger.lines);
    CHECK(chain.head() == story.state.ledger.head);
}

}  // namespace amer::centre::example
