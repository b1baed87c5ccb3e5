#include "core/flow/check.h"

#include <doctest/doctest.h>

namespace amer::flow {

namespace {

const std::set<QueueId> kQueues{QueueId{"general"}};

Flow flow_of(std::vector<Step> steps) {
    Flow flow{FlowId{"test"}, steps.front().id, {}};
    flow.steps = std::move(steps);
    return flow;
}

Step say(const char* id, const char* next) {
    return Step{StepId{id}, Say{{PromptId{"HELLO"}}, true, StepId{next}}};
}

Step hang_up(const char* id) { return Step{StepId{id}, HangUp{}}; }

Step menu(const char* id, std::map<std::string, StepId> keys, const char* otherwise) {
    Menu body;
    body.prompts = {PromptId{"CHOOSE"}};
    body.keys = std::move(keys);
    body.otherwise = StepId{otherwise};
    return Step{StepId{id}, body};
}

bool has(const std::vector<Flaw>& flaws, const char* step, const std::string& part) {
    for (const Flaw& flaw : flaws) {
        if (flaw.step == StepId{step} && flaw.expected.find(part) != std::string::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("a flow that greets, asks and ends is without flaw") {
    const Flow flow = flow_of(
        {say("hello", "ask"), menu("ask", {{"1", StepId{"hello"}}}, "bye"), hang_up("bye")});
    CHECK(check(flow, kQueues).empty());
}

TEST_CASE("a way to a step that is not there is named with the step it starts from") {
    const auto flaws = check(flow_of({say("hello", "by"), hang_up("bye")}), kQueues);
    CHECK(has(flaws, "hello", "'by' is none"));
    CHECK(has(flaws, "bye", "leads here"));
}

TEST_CASE("every key is answered: by its own step, or by words for a wrong key") {
    std::map<std::string, StepId> keys;
    for (const char key : std::string{"0123456789*#"}) {
        keys.emplace(std::string(1, key), StepId{"bye"});
    }
    Step ask = menu("ask", keys, "bye");
    std::get<Menu>(ask.body).invalid = PromptId{};
    CHECK(check(flow_of({ask, hang_up("bye")}), kQueues).empty());
    std::get<Menu>(ask.body).keys.erase("7");
    const auto flaws = check(flow_of({ask, hang_up("bye")}), kQueues);
    REQUIRE(flaws.size() == 1);
    CHECK(has(flaws, "ask", "key '7' leads somewhere"));
    std::get<Menu>(ask.body).invalid = PromptId{"INV"};
    CHECK(check(flow_of({ask, hang_up("bye")}), kQueues).empty());
}

TEST_CASE("the first step must be there") {
    Flow flow = flow_of({hang_up("bye")});
    flow.first = StepId{"hello"};
    const auto flaws = check(flow, kQueues);
    CHECK(has(flaws, "", "'hello' is none"));
}

TEST_CASE("two steps of one id, a step of none") {
    CHECK(has(check(flow_of({hang_up("bye"), hang_up("bye")}), kQueues), "bye", "no other step"));
    CHECK(has(check(flow_of({hang_up("")}), kQueues), "", "has an id"));
}

TEST_CASE("a silent caller is not led in circles, but keys may lead back") {
    const auto bad = check(flow_of({say("hello", "ask"),
                                    menu("ask", {{"1", StepId{"bye"}}}, "hello"), hang_up("bye")}),
                           kQueues);
    CHECK(has(bad, "hello", "does nothing"));
    CHECK(has(bad, "ask", "does nothing"));
    CHECK_FALSE(has(bad, "bye", "does nothing"));
    const auto good =
        check(flow_of({menu("ask", {{"*", StepId{"ask"}}}, "bye"), hang_up("bye")}), kQueues);
    CHECK(good.empty());
}

TEST_CASE("a closed queue that leads back to itself is a circle") {
    const Step queue{StepId{"queue"},
                     Enqueue{QueueId{"general"}, 0, std::nullopt, StepId{"queue"}}};
    CHECK(has(check(flow_of({queue}), kQueues), "queue", "does nothing"));
}

TEST_CASE("steps that lead only to each other are a dead end") {
    const auto flaws = check(flow_of({menu("one", {{"1", StepId{"two"}}}, "two"),
                                      menu("two", {{"1", StepId{"one"}}}, "one")}),
                             kQueues);
    CHECK(has(flaws, "one", "to a queue or a hang_up"));
}

TEST_CASE("each step's own values are checked") {
    Menu odd;
    odd.keys = {{"12", StepId{"bye"}}};
    odd.languages = {{"3", Language::english}};
    odd.tries = 0;
    odd.wait_ms = -1;
    odd.otherwise = StepId{"bye"};
    auto flaws = check(flow_of({Step{StepId{"odd"}, odd}, hang_up("bye")}), kQueues);
    CHECK(has(flaws, "odd", "'12' is one of 0-9"));
    CHECK(has(flaws, "odd", "key '3' of 'languages'"));
    CHECK(has(flaws, "odd", "'tries' is 1 to 10, not 0"));
    CHECK(has(flaws, "odd", "'wait_ms' is 0 to 60000, not -1"));

    const Step lost{StepId{"lost"}, Enqueue{QueueId{"garden"}, -1, PromptId{}, StepId{"bye"}}};
    flaws = check(flow_of({lost, hang_up("bye")}), kQueues);
    CHECK(has(flaws, "lost", "'garden' is none"));
    CHECK(has(flaws, "lost", "'priority'"));
    CHECK(has(flaws, "lost", "'said_before' names a prompt"));

    Enqueue many{QueueId{"general"}, 0, std::nullopt, StepId{"bye"}};
    many.also = {QueueId{"garden"}, QueueId{"general"}, QueueId{"a"}, QueueId{"a"}, QueueId{"b"}};
    flaws = check(flow_of({Step{StepId{"many"}, many}, hang_up("bye")}), kQueues);
    CHECK(has(flaws, "many", "'also' names at most 4 queues, not 5"));
    CHECK(has(flaws, "many", "'also' names queues; 'garden' is none"));
    CHECK(has(flaws, "many", "'queue' and 'also' name every queue once; 'general' is there twice"));
    CHECK(has(flaws, "many", "'a' is there twice"));

    const Step silent{StepId{"silent"}, Say{{}, true, StepId{"bye"}}};
    CHECK(has(check(flow_of({silent, hang_up("bye")}), kQueues), "silent", "says something"));
}

}  // namespace amer::flow
