#include <map>
#include <utility>

#include <fmt/format.h>

#include "main/config/sections.h"

namespace amer::config {
namespace {

// The steps' own keys are read in the order of core's fields (core/flow/flow.h).
flow::StepBody read_say(TableReader& row) {
    flow::Say say;
    say.prompts = row.names<PromptId>("prompts");
    say.cut_by_key = row.truth("cut_by_key", say.cut_by_key);
    say.next = row.name<StepId>("next");
    return say;
}

bool is_key(const std::string& key) {
    return key.size() == 1 && std::string_view{"0123456789*#"}.find(key[0]) != std::string::npos;
}

std::map<std::string, StepId> read_keys(TableReader& row) {
    std::map<std::string, StepId> keys;
    for (auto& [key, step] : row.word_map("keys", row.path() + ".keys")) {
        if (!is_key(key)) {
            row.refuse("keys", fmt::format("'keys' has \"{}\": expected 0 to 9, * or #", key));
        }
        keys.insert_or_assign(key, StepId{std::move(step)});
    }
    return keys;
}

flow::StepBody read_menu(TableReader& row) {
    flow::Menu menu;
    menu.prompts = row.names<PromptId>("prompts");
    menu.keys = read_keys(row);
    for (const auto& [key, language] : row.word_map("languages", row.path() + ".languages")) {
        if (language != "arabic" && language != "english") {
            row.refuse("languages", fmt::format("'languages' has \"{}\": expected one of arabic, "
                                                "english",
                                                language));
        }
        menu.languages.insert_or_assign(
            key, language == "english" ? Language::english : Language::arabic);
    }
    menu.invalid = row.name<PromptId>("invalid", menu.invalid);
    menu.no_input = row.name<PromptId>("no_input", menu.no_input);
    menu.tries = static_cast<std::int32_t>(row.whole("tries", menu.tries, 1, 10));
    menu.wait_ms = row.milliseconds("wait", menu.wait_ms);
    menu.otherwise = row.name<StepId>("otherwise");
    menu.stores = row.text("stores", menu.stores);
    for (auto& [key, answer] : row.word_map("answers", row.path() + ".answers")) {
        menu.answers.insert_or_assign(key, std::move(answer));
    }
    return menu;
}

flow::StepBody read_collect(TableReader& row) {
    using Purpose = flow::Collect::Purpose;
    flow::Collect collect;
    collect.prompts = row.names<PromptId>("prompts");
    collect.purpose = row.choice<Purpose>(
        "purpose",
        {{"callback_number", Purpose::callback_number}, {"reference", Purpose::reference}},
        Purpose::callback_number);
    collect.longest = static_cast<std::int32_t>(row.whole("longest", collect.longest, 1, 32));
    collect.wait_ms = row.milliseconds("wait", collect.wait_ms);
    collect.tries = static_cast<std::int32_t>(row.whole("tries", collect.tries, 1, 10));
    collect.invalid = row.name<PromptId>("invalid", collect.invalid);
    collect.next = row.name<StepId>("next");
    collect.otherwise = row.name<StepId>("otherwise");
    return collect;
}

flow::StepBody read_consent(TableReader& row) {
    flow::Consent consent;
    consent.prompt = row.name<PromptId>("prompt", consent.prompt);
    consent.refused = row.name<PromptId>("refused", consent.refused);
    consent.refusal_key = row.text("refusal_key", consent.refusal_key);
    consent.next = row.name<StepId>("next");
    return consent;
}

flow::StepBody read_hours(TableReader& row) {
    return flow::Hours{row.name<StepId>("open"), row.name<StepId>("closed")};
}

flow::StepBody read_caller_known(TableReader& row) {
    return flow::CallerKnown{row.name<StepId>("known"), row.name<StepId>("hidden")};
}

flow::StepBody read_enqueue(TableReader& row) {
    flow::Enqueue enqueue;
    enqueue.queue = row.name<QueueId>("queue");
    enqueue.also = row.names_or_none<QueueId>("also");
    enqueue.priority = static_cast<std::int32_t>(row.whole("priority", enqueue.priority, 0, 1'000));
    const std::string said_before = row.text("said_before", "");
    if (!said_before.empty()) enqueue.said_before = PromptId{said_before};
    enqueue.when_closed = row.name<StepId>("when_closed");
    enqueue.is_emergency = row.truth("is_emergency", false);
    enqueue.when_full = row.name<StepId>("when_full", StepId{});
    enqueue.when_nobody = row.name<StepId>("when_nobody", StepId{});
    enqueue.after_longest = row.name<StepId>("after_longest", StepId{});
    enqueue.keys = read_keys(row);
    enqueue.callback_key = row.text("callback_key", "");
    enqueue.callback = row.name<StepId>("callback", StepId{});
    return enqueue;
}

flow::StepBody read_take_message(TableReader& row) {
    flow::TakeMessage message;
    message.prompts = row.names<PromptId>("prompts");
    message.longest_ms = row.milliseconds("longest", message.longest_ms);
    message.silence_ms = row.milliseconds("silence", message.silence_ms);
    message.thanks = row.name<PromptId>("thanks", message.thanks);
    message.nothing_left = row.name<PromptId>("nothing_left", message.nothing_left);
    message.next = row.name<StepId>("next");
    message.review = row.name<PromptId>("review", message.review);
    message.heard = row.name<PromptId>("heard", message.heard);
    message.review_wait_ms = row.milliseconds("review_wait", message.review_wait_ms);
    return message;
}

flow::StepBody read_look_up(TableReader& row) {
    flow::LookUp look_up;
    look_up.found = row.name<PromptId>("found", look_up.found);
    look_up.unknown = row.name<PromptId>("unknown", look_up.unknown);
    look_up.next = row.name<StepId>("next");
    return look_up;
}

flow::StepBody read_notice(TableReader& row) {
    flow::Notice notice;
    notice.prompts = row.names<PromptId>("prompts");
    notice.keys = read_keys(row);
    notice.wait_ms = row.milliseconds("wait", notice.wait_ms);
    notice.next = row.name<StepId>("next");
    return notice;
}

flow::StepBody read_hang_up(TableReader& row) {
    return flow::HangUp{row.names<PromptId>("prompts")};
}

using Reader = flow::StepBody (*)(TableReader&);

Reader reader_of(TableReader& row) {
    return row.choice<Reader>("do",
                              {{"say", read_say},
                               {"menu", read_menu},
                               {"collect", read_collect},
                               {"consent", read_consent},
                               {"hours", read_hours},
                               {"caller_known", read_caller_known},
                               {"enqueue", read_enqueue},
                               {"take_message", read_take_message},
                               {"look_up", read_look_up},
                               {"notice", read_notice},
                               {"hang_up", read_hang_up}},
                              nullptr);
}

}  // namespace

flow::Flow read_flow(TableReader& file) {
    flow::Flow flow;
    flow.id = file.name<FlowId>("id");
    flow.first = file.name<StepId>("first");
    for (TableReader& row : file.rows("step", file.path())) {
        StepId id = row.name<StepId>("id");
        const Reader read_body = reader_of(row);
        if (read_body == nullptr) continue;  // which keys it may have is not known
        flow.steps.push_back({std::move(id), read_body(row)});
        row.finish();
    }
    file.finish();
    return flow;
}

}  // namespace amer::config
