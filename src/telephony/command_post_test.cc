#include "telephony/command_post.h"

#include <deque>
#include <vector>

#include <doctest/doctest.h>

using namespace amer;
using centre::CallerLeft;
using telephony::CommandPost;

namespace {

// An engine that can be full or unable to write, and a clock that only runs when asked.
struct FakeEngine {
    bool is_full = false;
    bool has_failed = false;
    bool is_slow = false;  // answers when asked to: the cases with a number of failures
    std::uint64_t failures = 0;
    struct Waiting {
        centre::Command command;
        engine::Answer answer;
        std::uint64_t failures_heard;
    };
    std::deque<Waiting> waiting;
    std::vector<std::uint64_t> taken;
    std::vector<std::function<void()>> later;

    bool submit(const centre::Command& command, const engine::Answer& answer,
                std::uint64_t failures_heard) {
        if (is_full) return false;
        engine::Outcome outcome;
        if (is_slow) {
            waiting.push_back({command, answer, failures_heard});
            return true;
        }
        if (has_failed) {
            outcome.kind = engine::Outcome::Kind::failed;
        } else {
            taken.push_back(std::get<CallerLeft>(command).contact.value);
        }
        if (answer) answer(outcome);
        return true;
    }

    // One batch of one command, as engine::Cycle does it.
    void work_off_one(bool can_write) {
        const Waiting first = waiting.front();
        waiting.pop_front();
        engine::Outcome outcome;
        const bool is_overtaking = first.failures_heard < failures;
        if (is_overtaking || !can_write) {
            if (!is_overtaking) ++failures;
            outcome.kind = engine::Outcome::Kind::failed;
            outcome.failures = failures;
        } else {
            taken.push_back(std::get<CallerLeft>(first.command).contact.value);
        }
        first.answer(outcome);
    }

    void let_time_pass() {
        for (auto& call : std::exchange(later, {})) call();
    }

    CommandPost post() {
        return CommandPost{
            [this](const centre::Command& command, const engine::Answer& answer,
                   std::uint64_t failures_heard) {
                return submit(command, answer, failures_heard);
            },
            [this](Duration, std::function<void()> call) { later.push_back(std::move(call)); }};
    }
};

}  // namespace

TEST_CASE("facts wait while the mailbox is full and arrive in order") {
    FakeEngine engine;
    CommandPost post = engine.post();
    engine.is_full = true;
    post.report(CallerLeft{ContactId{1}});
    post.report(CallerLeft{ContactId{2}});
    CHECK(engine.taken.empty());
    CHECK(post.kept() == 2);

    engine.let_time_pass();
    CHECK(engine.taken.empty());

    engine.is_full = false;
    engine.let_time_pass();
    CHECK(engine.taken == std::vector<std::uint64_t>{1, 2});
    CHECK(post.kept() == 0);
}

TEST_CASE("a fact whose journal write failed is reported again") {
    FakeEngine engine;
    CommandPost post = engine.post();
    engine.has_failed = true;
    post.report(CallerLeft{ContactId{7}});
    CHECK(engine.taken.empty());

    engine.has_failed = false;
    engine.let_time_pass();
    CHECK(engine.taken == std::vector<std::uint64_t>{7});
}

TEST_CASE("a fact whose write failed is not overtaken by those that came after it") {
    FakeEngine engine;
    engine.is_slow = true;
    CommandPost post = engine.post();
    post.report(CallerLeft{ContactId{1}});
    post.report(CallerLeft{ContactId{2}});
    engine.work_off_one(false);
    // The disk is well again before anybody has heard of the failure.
    post.report(CallerLeft{ContactId{3}});
    engine.let_time_pass();
    engine.work_off_one(true);
    CHECK(engine.taken.empty());
    CHECK(engine.waiting.empty());
    CHECK(post.kept() == 3);

    engine.let_time_pass();
    post.report(CallerLeft{ContactId{4}});
    while (!engine.waiting.empty()) engine.work_off_one(true);
    CHECK(engine.taken == std::vector<std::uint64_t>{1, 2, 3, 4});
    CHECK(post.kept() == 0);
}

TEST_CASE("a wish meets a full mailbox as a failure, at once") {
    FakeEngine engine;
    CommandPost post = engine.post();
    engine.is_full = true;
    bool has_failed = false;
    post.ask(CallerLeft{ContactId{1}}, [&](const engine::Outcome& outcome) {
        has_failed = outcome.kind == engine::Outcome::Kind::failed;
    });
    CHECK(has_failed);
}
