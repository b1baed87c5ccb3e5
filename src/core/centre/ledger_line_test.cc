// A line of each kind, as released versions wrote it: whoever changes one of these breaks the proof
// of every day that is printed and kept.
#include "core/centre/ledger_line.h"

#include <doctest/doctest.h>

#include "core/callback/ledger.h"
#include "core/centre/example_centre.h"

namespace amer::centre::example {

namespace {

const Instant kAt = dubai("2026-11-19 18:00:05") + Duration{42};
constexpr PromiseId kPromise{7};
constexpr ContactId kContact{31};
const char* const kBegin = "2026-11-19T14:00:05.000042Z 7 ";

Window window(const char* from, const char* until) { return {dubai(from), dubai(until)}; }

// What the ledger says of an event behind the instant and the promise.
std::string line(const Event& event) {
    const auto said = ledger_line(event, kAt);
    REQUIRE(said.has_value());
    REQUIRE(said->starts_with(kBegin));
    return said->substr(std::string{kBegin}.size());
}

callback::Promise promise() {
    callback::Promise made;
    made.id = kPromise;
    made.reference = "100074";
    made.number = phone("+971501234567");
    made.language = Language::english;
    made.queue = QueueId{"general"};
    made.made_in = kContact;
    made.made_at = kAt;
    made.due = window("2026-11-20 07:30", "2026-11-20 12:00");
    made.calendar_version = 12;
    return made;
}

}  // namespace

TEST_CASE("a promise made, with its number or none, from each origin") {
    callback::Promise made = promise();
    CHECK(line(PromiseMade{made}) ==
          "made reference=100074 origin=out_of_hours number=+971501234567 language=english "
          "queue=general contact=31 due=2026-11-20T03:30:00.000000Z..2026-11-20T08:00:00.000000Z "
          "calendar=12");
    made.number.reset();
    made.language = Language::arabic;
    made.origin = callback::Promise::Origin::crash;
    made.queue = QueueId{"the housing queue"};
    CHECK(line(PromiseMade{made}) ==
          "made reference=100074 origin=crash number=none language=arabic "
          "queue=the%20housing%20queue contact=31 "
          "due=2026-11-20T03:30:00.000000Z..2026-11-20T08:00:00.000000Z calendar=12");
}

TEST_CASE("what a caller adds to his promise") {
    CHECK(line(PromiseJoined{kPromise, kContact}) == "joined contact=31");
    CHECK(line(PromiseNumberGiven{kPromise, phone("+96824123456")}) ==
          "number number=+96824123456");
    CHECK(line(MessageLeft{kPromise, kContact, RecordingId{5}, 12'340, "ab12"}) ==
          "message contact=31 recording=5 length_ms=12340 sha256=ab12");
    CHECK(line(MessageLeft{kPromise, kContact, RecordingId{5}, 12'340}) ==
          "message contact=31 recording=5 length_ms=12340 sha256=");
    CHECK(line(PromisePlaced{kPromise, QueueId{"general"}, dubai("2026-11-19 16:02:03"), 10,
                             kAt}) == "placed queue=general since=2026-11-19T12:02:03.000000Z");
}

TEST_CASE("a new date names the old one and the calendar that moved it") {
    CHECK(line(PromiseRedated{kPromise, window("2026-11-23 07:30", "2026-11-23 16:30"),
                              window("2026-11-20 07:30", "2026-11-20 12:00"), 13, kAt}) ==
          "redated due=2026-11-23T03:30:00.000000Z..2026-11-23T12:30:00.000000Z "
          "due_before=2026-11-20T03:30:00.000000Z..2026-11-20T08:00:00.000000Z calendar=13");
}

TEST_CASE("each try, and how it ended") {
    AttemptStarted started;
    started.promise = kPromise;
    started.contact = kContact;
    started.agent = AgentId{"basim"};
    started.attempt = 2;
    started.number = phone("+971501234567");
    CHECK(line(started) == "dialled attempt=2 contact=31 agent=basim number=+971501234567");
    started.agent = AgentId{};  // before any agent
    CHECK(line(started) == "dialled attempt=2 contact=31 agent=none number=+971501234567");
    CHECK(line(AttemptFailed{kPromise, kContact, AttemptOutcome::no_answer,
                             dubai("2026-11-20 08:30"), true}) ==
          "failed contact=31 outcome=no_answer next_try=2026-11-20T04:30:00.000000Z");
    CHECK(line(AttemptFailed{kPromise, kContact, AttemptOutcome::invalid_number, {}, true}) ==
          "failed contact=31 outcome=invalid_number next_try=none");
    CHECK(line(PromisePutBack{kPromise, dubai("2026-11-20 08:30")}) ==
          "put_back next_try=2026-11-20T04:30:00.000000Z");
}

TEST_CASE("each end") {
    CHECK(line(PromiseOverdue{kPromise}) == "overdue");
    CHECK(line(PromiseKept{kPromise, kContact}) == "kept contact=31");
    CHECK(line(PromiseBroken{kPromise, BreakReason::no_number}) == "broken reason=no_number");
    CHECK(line(PromiseWithdrawn{kPromise, "mariam", "citizen"}) ==
          "withdrawn by=mariam reason=citizen");
}

TEST_CASE("a message to somebody outside is a line when it is about a promise") {
    notification::Notification owed;
    owed.id = NotificationId{3};
    owed.promise = kPromise;
    owed.occasion = notification::Occasion::promise_redated;
    owed.to = "+971501234567";
    CHECK(line(NotificationOwed{owed}) ==
          "notification notification=3 occasion=promise_redated channel=text to=+971501234567");
    owed.promise = PromiseId{};
    owed.occasion = notification::Occasion::no_opening;
    CHECK_FALSE(ledger_line(NotificationOwed{owed}, kAt).has_value());
}

TEST_CASE("hostile words stay one word of one line, and no two of them become the same") {
    CHECK(line(PromiseWithdrawn{kPromise, "a b", "x=1\n2026 7 kept contact=9"}) ==
          "withdrawn by=a%20b reason=x=1%0A2026%207%20kept%20contact=9");
    CHECK(line(PromiseWithdrawn{kPromise, "100%", "\t\r%20"}) ==
          "withdrawn by=100%25 reason=%09%0D%2520");
    CHECK(line(PromiseWithdrawn{kPromise, "", std::string{"\0", 1}}) == "withdrawn by= reason=%00");
    CHECK(line(PromiseWithdrawn{kPromise, "مريم", "طلب المتعامل"}) ==
          "withdrawn by=مريم reason=طلب%20المتعامل");
}

TEST_CASE("years beyond four digits and before 1970 are instants too") {
    CHECK(ledger_line(PromiseOverdue{kPromise}, Instant{Duration{-1}}) ==
          "1969-12-31T23:59:59.999999Z 7 overdue");
}

namespace {

template <typename... Kinds>
struct KindsOf {
    explicit KindsOf(const std::variant<Kinds...>*) {}

    // Of events that say nothing but their kind, those with a line.
    std::vector<std::string> with_a_line() const {
        std::vector<std::string> names;
        const auto look = [&](const Event& event, std::string_view name) {
            if (ledger_line(event, kAt)) names.emplace_back(name);
        };
        (look(Event{Kinds{}}, Kinds::kTypeName), ...);
        return names;
    }
};

}  // namespace

TEST_CASE("no other event is one of the ledger's") {
    const KindsOf kinds{static_cast<const Event*>(nullptr)};
    CHECK(kinds.with_a_line() ==
          std::vector<std::string>{
              "MessageLeft", "PromiseMade", "PromiseNumberGiven", "AttemptStarted", "AttemptFailed",
              "PromisePutBack", "PromiseKept", "PromiseBroken", "PromiseOverdue",
              "PromiseWithdrawn", "PromiseRedated", "PromiseJoined", "PromisePlaced"});
}

// By `printf ' 2026-11-19T14:00:05.000042Z 7 overdue\n' | sha256sum`, and the head of that before
// ` 2026-11-19T14:00:05.000042Z 7 kept contact=31\n`.
TEST_CASE("the chain is what sha256sum says") {
    const std::string first = callback::ledger_head("", std::string{kBegin} + "overdue");
    CHECK(first == "4ed52cca8d8e942c6c3c425b5697a2faa402c45592301a4d46775151ce58ce7a");
    CHECK(callback::ledger_head(first, std::string{kBegin} + "kept contact=31") ==
          "16aa7ca5ada3c64c47b85c3596d47e7787fad2182881be0de4d90a1d7656db33");
}

}  // namespace amer::centre::example
