#include "telephony/command_post.h"

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
    std::vector<std::uint64_t> taken;
    std::vector<std::function<void()>> later;

    bool submit(const centre::Command& command, const engine::Answer& answer) {
        if (is_full) return false;
        engine::Outcome outcome;
        if (has_failed) {
            outcome.kind = engine::Outcome::Kind::failed;
        } else {
            taken.push_back(std::get<CallerLeft>(command).contact.value);
        }
        if (answer) answer(outcome);
        return true;
    }

    void let_time_pass() {
        for (auto& call : std::exchange(later, {})) call();
    }

    CommandPost post() {
        return CommandPost{
            [this](const centre::Command& command, const engine::Answer& answer) {
                return submit(command, answer);
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
