#include "core/centre/test_story.h"

// The centre closes and opens again by one word.
namespace amer::centre::example {

namespace {

constexpr const char* kCaller = "+971501234567";

CloseCentre close_until(const std::string& until, calendar::Scope scope = {}) {
    CloseCentre close;
    close.closure.name_ar = "عاصفة";
    close.closure.name_en = "Storm";
    close.closure.until = dubai(until);
    close.closure.scope = std::move(scope);
    close.by = "mona";
    return close;
}

Configuration with_emirates() {
    Configuration rules = configuration();
    rules.units[1].emirate = "sharjah";  // of the queue "housing"
    return rules;
}

}  // namespace

TEST_CASE("closed at once: the next caller is promised the first opening after it") {
    Story story{"2026-11-19 10:00"};
    story.tell(close_until("2026-11-19 14:00"));
    CHECK(story.last<ClosureSet>().closure.from == story.now);
    CHECK(story.last<ClosureSet>().calendar_version == 2);
    story.call("8006679", kCaller);
    const callback::Promise& promise = story.the(PromiseId{1});
    CHECK(promise.due.from == dubai("2026-11-19 14:00"));
    CHECK(promise.due.until == dubai("2026-11-19 16:30"));
    CHECK(promise.calendar_version == 2);
    CHECK(promise.origin == callback::Promise::Origin::out_of_hours);
}

TEST_CASE("who waits when it closes is served within the grace, and then promised a call") {
    Story story{"2026-11-19 10:00"};
    story.log_in({"amal"});
    story.tell(SetNotReady{AgentId{"amal"}, "break"});
    const ContactId contact = story.call("8006679", kCaller);
    CHECK(story.the(contact).closing == dubai("2026-11-19 16:30"));
    story.tell(close_until("2026-11-19 14:00"));
    const Instant closed = story.now;
    CHECK(story.the(contact).closing == closed);
    story.pass(std::chrono::minutes{29});
    CHECK(story.the(contact).stage == contact::Contact::Stage::queued);
    story.pass(std::chrono::minutes{2});
    CHECK(story.last<QueueLeft>().how == QueueExit::closing);
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-19 14:00"));
}

TEST_CASE("who waits is not late any more when it opens again") {
    Story story{"2026-11-19 10:00"};
    story.log_in({"amal"});
    story.tell(SetNotReady{AgentId{"amal"}, "break"});
    const ContactId contact = story.call("8006679", kCaller);
    story.tell(close_until("2026-11-19 14:00"));
    story.pass(std::chrono::minutes{10});
    story.tell(ReopenCentre{"", "mona"});
    CHECK(story.the(contact).closing == dubai("2026-11-19 16:30"));
    story.pass(std::chrono::minutes{60});
    CHECK(story.the(contact).stage == contact::Contact::Stage::queued);
}

TEST_CASE("promises of the day move when it closes, and back when it opens again") {
    Story story{"2026-11-19 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-20 07:30"));
    story.pass_until("2026-11-20 06:00");
    story.tell(close_until("2026-11-21 00:00"));
    const PromiseRedated moved = story.last<PromiseRedated>();
    CHECK(moved.due.from == dubai("2026-11-23 07:30"));
    CHECK(moved.due_before.from == dubai("2026-11-20 07:30"));
    CHECK(moved.calendar_version == 2);
    const std::string id = story.last<ClosureSet>().closure.id;
    story.tell(ReopenCentre{id, "mona"});
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-20 07:30"));
    CHECK(story.the(PromiseId{1}).calendar_version == 3);
}

TEST_CASE("nobody is called back while it is closed") {
    Story story{"2026-11-19 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    story.pass_until("2026-11-20 07:29");
    story.log_in({"basim"});
    story.tell(close_until("2026-11-20 10:00"));
    story.pass_until("2026-11-20 09:59");
    CHECK(story.all<PromiseOffered>().empty());
    story.pass_until("2026-11-20 10:01");
    CHECK(story.all<PromiseOffered>().size() == 1);
}

TEST_CASE("what was closed by command stays so through a restart with the same files") {
    Story story{"2026-11-19 10:00"};
    story.tell(close_until("2026-11-19 14:00"));
    story.tell(RecoverFromCrash{});
    CHECK(story.tell(PublishConfiguration{configuration()}).empty());
    Configuration rules = configuration();
    rules.promises.tries = 7;
    rules.calendar.holidays[0].name_en = "Union Day";
    story.tell(PublishConfiguration{rules});
    CHECK_FALSE(calendar::is_open(story.state.configuration.calendar, story.now));
    CHECK(story.state.configuration.calendar.version == 3);
    story.tell(ReopenCentre{"", "mona"});
    CHECK(calendar::is_open(story.state.configuration.calendar, story.now));
}

TEST_CASE("closing is refused in plain words where it makes no sense") {
    Story story{"2026-11-19 10:00", with_emirates()};
    CHECK(story.refused(close_until("2026-11-19 09:00")).text == "it ends before it begins");
    CHECK(story.refused(close_until("2027-01-19 09:00")).text ==
          "it ends in more than 30 days: write it into the calendar instead");
    using Kind = calendar::Scope::Kind;
    CHECK(story.refused(close_until("2026-11-19 12:00", {Kind::office, "moon"})).text ==
          "'moon' is no department or branch of this centre");
    CHECK(story.refused(close_until("2026-11-19 12:00", {Kind::emirate, "moon"})).text ==
          "no branch stands in the emirate 'moon'");
    CHECK(story.refused(ReopenCentre{"", "mona"}).text == "no closure is in force");
    CHECK(story.refused(ReopenCentre{"x", "mona"}).text == "no closure 'x' is in force or to come");
}

TEST_CASE("one office closes: its callers are promised a call, the others are served") {
    Story story{"2026-11-19 10:00", with_emirates()};
    story.log_in({"amal"});
    story.tell(close_until("2026-11-19 14:00", {calendar::Scope::Kind::emirate, "sharjah"}));
    const ContactId served = story.call("8006679", kCaller);
    CHECK(story.the(served).stage == contact::Contact::Stage::offered);
    CHECK(story.state.promises.empty());

    const ContactId other = story.call("600500500", "+971502222222");
    story.hear_out(other);
    story.press(other, "1");
    story.hear_out(other);    // the notice that calls are recorded
    story.press(other, "1");  // housing
    CHECK(story.the(PromiseId{1}).queue == QueueId{"housing"});
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-19 14:00"));

    story.tell(AcceptOffer{story.offer_to("amal")});
    const Rejection refused = story.refused(TransferContact{served, QueueId{"housing"}, "amal"});
    CHECK(refused.text == "the office of 'housing' is closed; it opens on 2026-11-19 at 14:00");
}

TEST_CASE("an office with a local holiday returns its calls after it") {
    Configuration rules = with_emirates();
    calendar::Holiday local;
    local.id = "local";
    local.first_day = local.last_day = local_day(2026, 11, 20);
    local.scope = {calendar::Scope::Kind::office, "housing"};
    rules.calendar.holidays.push_back(local);
    Story story{"2026-11-19 16:29:59", rules};
    const ContactId contact = story.call("600500500", kCaller);
    story.hear_out(contact);
    story.press(contact, "1");
    story.hear_out(contact);
    story.pass_until("2026-11-19 16:30");
    story.press(contact, "1");  // housing, a moment after closing
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-23 07:30"));
    const ContactId general = story.call("8006679", "+971502222222");
    CHECK(story.the(story.the(general).promise).due.from == dubai("2026-11-20 07:30"));
}

}  // namespace amer::centre::example
