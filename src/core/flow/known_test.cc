#include "core/flow/known.h"

#include <doctest/doctest.h>

namespace amer::flow {

namespace {

const Known kNothing;
const Known kPromise{true, false, false};

Step step(const char* id, StepBody body) { return Step{StepId{id}, std::move(body)}; }

TakeMessage message(const char* next) {
    TakeMessage body;
    body.next = StepId{next};
    return body;
}

Collect collect(const char* next, const char* otherwise) {
    Collect body;
    body.next = StepId{next};
    body.otherwise = StepId{otherwise};
    return body;
}

}  // namespace

TEST_CASE("closed hours make a promise, open ones none") {
    const Flow flow{FlowId{"f"},
                    StepId{"hours"},
                    {step("hours", Hours{StepId{"open"}, StepId{"closed"}}), step("open", HangUp{}),
                     step("closed", HangUp{})}};
    const auto known = known_at_steps(flow, kNothing);
    CHECK(known.at(StepId{"open"}) == kNothing);
    CHECK(known.at(StepId{"closed"}) == kPromise);
}

TEST_CASE("where two ways meet only that is known which both brought") {
    const Flow flow{
        FlowId{"f"},
        StepId{"hours"},
        {step("hours", Hours{StepId{"end"}, StepId{"known"}}),
         step("known", CallerKnown{StepId{"end"}, StepId{"number"}}),
         step("number", collect("told", "end")), step("told", HangUp{}), step("end", HangUp{})}};
    const auto known = known_at_steps(flow, kNothing);
    CHECK(known.at(StepId{"known"}) == kPromise);
    CHECK(known.at(StepId{"end"}) == kNothing);
    CHECK(known.at(StepId{"told"}) == Known{true, true, false});
}

TEST_CASE("a number keyed in without a promise to write it to is not known") {
    const Flow flow{FlowId{"f"},
                    StepId{"number"},
                    {step("number", collect("told", "told")), step("told", HangUp{})}};
    CHECK(known_at_steps(flow, kNothing).at(StepId{"told"}) == kNothing);
}

TEST_CASE(
    "after a message there is a promise, also in circles; a step nobody reaches knows nothing") {
    Menu menu;
    menu.keys = {{"1", StepId{"again"}}};
    menu.otherwise = StepId{"again"};
    const Flow flow{
        FlowId{"f"},
        StepId{"message"},
        {step("message", message("again")), step("again", menu), step("never", HangUp{})}};
    const auto known = known_at_steps(flow, kNothing);
    CHECK(known.at(StepId{"again"}) == kPromise);
    CHECK_FALSE(known.contains(StepId{"never"}));
}

}  // namespace amer::flow
