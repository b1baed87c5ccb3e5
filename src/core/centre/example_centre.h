#pragma once

#include <string>

#include "base/check.h"
#include "core/centre/configuration.h"

// A small centre for tests of this and other rooms: two numbers, three agents, one flow with every
// kind of step. Not part of the program.
namespace amer::centre::example {

inline PhoneNumber phone(const std::string& e164) {
    const Result<PhoneNumber> number = PhoneNumber::parse(e164);
    AMER_CHECK(number.has_value());
    return *number;
}

inline calendar::LocalDay local_day(int year, unsigned month, unsigned day) {
    return calendar::LocalDay{std::chrono::year{year}, std::chrono::month{month},
                              std::chrono::day{day}};
}

// A wall time of Asia/Dubai: "2026-11-19 18:00" or "2026-11-19 16:29:59".
inline Instant dubai(const std::string& text) {
    const auto number_at = [&](std::size_t at, std::size_t length) {
        int number = 0;
        for (const char digit : text.substr(at, length)) number = number * 10 + (digit - '0');
        return number;
    };
    AMER_CHECK(text.size() == 16 || text.size() == 19);
    const int second = text.size() == 19 ? number_at(17, 2) : 0;
    const auto month = static_cast<unsigned>(number_at(5, 2));
    const auto day = static_cast<unsigned>(number_at(8, 2));
    return std::chrono::sys_days{local_day(number_at(0, 4), month, day)} +
           std::chrono::hours{number_at(11, 2) - 4} + std::chrono::minutes{number_at(14, 2)} +
           std::chrono::seconds{second};
}

// Monday to Thursday 07:30-16:30, Friday to 12:00, Asia/Dubai; 2 and 3 December are holidays.
inline calendar::Calendar official_calendar() {
    calendar::Calendar calendar;
    calendar.name = "official";
    calendar.zone = {calendar::ZoneRule{Instant{}, 240}};
    calendar::WeeklyProfile week;
    week.effective_from = local_day(2022, 1, 1);
    for (const std::size_t weekday : {1U, 2U, 3U, 4U}) week.hours[weekday] = {{450, 990}};
    week.hours[5] = {{450, 720}};
    calendar.weekly = {week};
    calendar::Holiday union_day;
    union_day.id = "union-day";
    union_day.first_day = local_day(2026, 12, 2);
    union_day.last_day = local_day(2026, 12, 3);
    calendar.holidays = {union_day};
    return calendar;
}

inline flow::Step step(const char* id, flow::StepBody body) {
    return flow::Step{StepId{id}, std::move(body)};
}

// Greeting, language, hours; open: consent, menu, queues, a reference; closed: number, message.
inline flow::Flow unified_flow() {
    flow::Menu language;
    language.prompts = {PromptId{"LNG"}};
    language.keys = {{"1", StepId{"hours"}}, {"2", StepId{"hours"}}};
    language.languages = {{"1", Language::arabic}, {"2", Language::english}};
    language.otherwise = StepId{"hours"};

    flow::Menu menu;
    menu.prompts = {PromptId{"U-MAIN"}};
    menu.keys = {{"0", StepId{"general"}},
                 {"1", StepId{"housing"}},
                 {"5", StepId{"first-served"}},
                 {"8", StepId{"ask-reference"}},
                 {"*", StepId{"menu"}}};
    menu.otherwise = StepId{"general"};

    flow::Enqueue general{QueueId{"general"}, 0, PromptId{"XFER"}, StepId{"message"}};
    flow::Enqueue first_served{QueueId{"general"}, 10, std::nullopt, StepId{"message"}};
    flow::Enqueue housing{QueueId{"housing"}, 0, PromptId{"XFER"}, StepId{"message"}};

    flow::Collect reference;
    reference.prompts = {PromptId{"REF-ASK"}};
    reference.purpose = flow::Collect::Purpose::reference;
    reference.next = StepId{"look-up"};
    reference.otherwise = StepId{"general"};
    flow::LookUp look_up;
    look_up.next = StepId{"goodbye"};

    flow::Collect number;
    number.prompts = {PromptId{"CLS-HID"}};
    number.next = StepId{"message"};
    number.otherwise = StepId{"message"};
    flow::TakeMessage message;
    message.prompts = {PromptId{"CLS-HRS"}, PromptId{"CLS-HOL"}, PromptId{"CLS-MSG"}};
    message.next = StepId{"goodbye"};
    flow::Consent consent;
    consent.next = StepId{"menu"};

    flow::Flow flow{FlowId{"unified"}, StepId{"greeting"}, {}};
    flow.steps = {
        step("greeting", flow::Say{{PromptId{"GRT-U"}}, true, StepId{"language"}}),
        step("language", language),
        step("hours", flow::Hours{StepId{"consent"}, StepId{"closed"}}),
        step("consent", consent),
        step("menu", menu),
        step("general", general),
        step("first-served", first_served),
        step("housing", housing),
        step("ask-reference", reference),
        step("look-up", look_up),
        step("closed", flow::CallerKnown{StepId{"message"}, StepId{"ask-number"}}),
        step("ask-number", number),
        step("message", message),
        step("goodbye", flow::HangUp{{PromptId{"BYE"}}}),
    };
    return flow;
}

// No greeting: straight to the queue, or the message.
inline flow::Flow direct_flow() {
    flow::TakeMessage message;
    message.prompts = {PromptId{"CLS-MSG"}};
    message.next = StepId{"goodbye"};
    flow::Flow flow{FlowId{"direct"}, StepId{"hours"}, {}};
    flow.steps = {
        step("hours", flow::Hours{StepId{"queue"}, StepId{"message"}}),
        step("queue", flow::Enqueue{QueueId{"general"}, 0, std::nullopt, StepId{"message"}}),
        step("message", message),
        step("goodbye", flow::HangUp{{PromptId{"BYE"}}}),
    };
    return flow;
}

// What a caller is asked when his agent has hung up.
inline flow::Flow survey_flow() {
    flow::Menu happy;
    happy.prompts = {PromptId{"SVY"}};
    happy.keys = {{"1", StepId{"thanks"}},
                  {"2", StepId{"thanks"}},
                  {"3", StepId{"why"}},
                  {"*", StepId{"happy"}}};
    happy.otherwise = StepId{"goodbye"};
    happy.stores = "happiness";
    happy.answers = {{"1", "happy"}, {"2", "neutral"}, {"3", "unhappy"}};
    flow::Menu why;
    why.prompts = {PromptId{"SVY-WHY"}};
    why.keys = {{"1", StepId{"thanks"}}, {"4", StepId{"thanks"}}};
    why.otherwise = StepId{"thanks"};
    why.stores = "why";  // keys as they are
    flow::Flow flow{FlowId{"survey"}, StepId{"happy"}, {}};
    flow.steps = {
        step("happy", happy),
        step("why", why),
        step("thanks", flow::HangUp{{PromptId{"SVY-TY"}, PromptId{"BYE"}}}),
        step("goodbye", flow::HangUp{{PromptId{"BYE"}}}),
    };
    return flow;
}

inline AgentRow agent(const char* id, std::vector<QueueId> queues,
                      std::vector<Language> languages) {
    AgentRow row;
    row.id = AgentId{id};
    row.name = TextPair{id, id};
    row.queues.assign(queues.begin(), queues.end());
    row.languages = std::move(languages);
    return row;
}

inline Configuration configuration() {
    Configuration all;
    all.ministry = TextPair{"وزارة الأشغال العامة", "Ministry of Public Works"};
    all.calendar = official_calendar();
    all.numbers = {
        DialledNumber{phone("+971600500500"), {"600500500"}, {}, FlowId{"unified"}},
        DialledNumber{phone("+9718006679"), {"8006679"}, {}, FlowId{"direct"}},
    };
    const UnitId service{"service"};
    const UnitId housing{"housing"};
    all.units = {Unit{service, Unit::Kind::department, {}, PromptId{"UNIT-service"}},
                 Unit{housing, Unit::Kind::department, {}, PromptId{"UNIT-housing"}}};
    Queue general_queue;
    general_queue.id = QueueId{"general"};
    general_queue.unit = service;
    Queue housing_queue;
    housing_queue.id = QueueId{"housing"};
    housing_queue.unit = housing;
    all.queues = {general_queue, housing_queue};
    all.agents = {
        agent("amal", {general_queue.id, housing_queue.id}, {Language::arabic, Language::english}),
        agent("basim", {general_queue.id}, {Language::arabic}),
        agent("carla", {general_queue.id}, {Language::english}),
    };
    all.flows = {unified_flow(), direct_flow()};
    Trunk trunk;
    trunk.id = TrunkId{"operator"};
    trunk.peers = {"127.0.0.1"};
    trunk.host = "127.0.0.1";
    trunk.caller_number = "+971600500500";
    all.trunks = {trunk};
    all.promises.queue = general_queue.id;
    all.promises.trunk = trunk.id;
    return all;
}

// The same, and who waits on the direct number may choose: key 1 keeps his place, 2 leaves a
// message. A full queue, one without agents and the longest wait have ways of their own.
inline Configuration with_choices(Configuration all) {
    for (flow::Flow& flow : all.flows) {
        if (flow.id != FlowId{"direct"}) continue;
        for (flow::Step& row : flow.steps) {
            auto* enqueue = std::get_if<flow::Enqueue>(&row.body);
            if (enqueue == nullptr) continue;
            enqueue->callback_key = "1";
            enqueue->callback = StepId{"kept"};
            enqueue->keys = {{"2", StepId{"message"}}};
            enqueue->when_full = StepId{"full"};
            enqueue->when_nobody = StepId{"nobody"};
            enqueue->after_longest = StepId{"too-long"};
        }
        flow.steps.push_back(step("kept", flow::Say{{PromptId{"CB-OK"}}, true, StepId{"goodbye"}}));
        flow::Notice notice;
        notice.keys = {{"1", StepId{"message"}}};
        notice.next = StepId{"hours"};
        flow.first = StepId{"notice"};
        flow.steps.push_back(step("notice", notice));
        for (const char* const way : {"full", "nobody", "too-long"}) {
            flow.steps.push_back(
                step(way, flow::Say{{PromptId{"SORRY"}}, true, StepId{"goodbye"}}));
        }
    }
    return all;
}

// The same, and both numbers ask their callers afterwards.
inline Configuration configuration_with_survey() {
    Configuration all = configuration();
    all.flows.push_back(survey_flow());
    for (DialledNumber& number : all.numbers) number.after_agent = FlowId{"survey"};
    return all;
}

}  // namespace amer::centre::example
