#include <map>

#include <fmt/format.h>

#include "main/flow_drawing/drawing.h"
#include "main/flow_drawing/words.h"

namespace amer::flow_drawing {
namespace {

// Draws one step; a class only so that every kind's rule is a few lines that share the rest.
struct Drawing {
    const centre::Configuration& centre;
    const config::PromptTexts* texts;
    Language language;
    DrawnStep& drawn;

    const char* word(const Word& word) const { return word.in(language); }

    std::string text_of(const PromptId& prompt) const {
        if (texts != nullptr) {
            const auto found = texts->find(prompt);
            if (found != texts->end() && found->second.contains(language)) {
                return found->second.at(language);
            }
        }
        return fmt::format("[{}]", prompt.value);
    }
    void say(const PromptId& prompt, std::string when = "") const {
        if (prompt) drawn.texts.push_back({std::move(when), text_of(prompt), false});
    }
    void say_of_mistake(const PromptId& prompt, const Word& when) const {
        if (prompt) drawn.texts.push_back({word(when), text_of(prompt), true});
    }
    void say_all(const std::vector<PromptId>& prompts) const {
        for (const PromptId& prompt : prompts) say(prompt);
    }
    void lead(const StepId& to, std::string when = "") const {
        drawn.ways.push_back({std::move(when), to});
    }
    std::string tries(std::int32_t count) const {
        return fmt::format("{}: {}", word(kNothingChosen), count);
    }

    void operator()(const flow::Say& step) const {
        drawn.kind = word(kSay);
        say_all(step.prompts);
        lead(step.next);
    }
    void operator()(const flow::Menu& step) const {
        drawn.kind = word(kMenu);
        say_all(step.prompts);
        say_of_mistake(step.invalid, kWrongKey);
        say_of_mistake(step.no_input, kNoKey);
        // One way for all keys that do the same.
        std::map<StepId, std::string> keys;
        for (const auto& [key, to] : step.keys) {
            std::string& all = keys[to];
            all += (all.empty() ? "" : " · ") + key + language_of(step, key);
        }
        for (const auto& [key, to] : step.keys) {
            const auto way = keys.find(to);
            if (way == keys.end()) continue;
            lead(to, way->second);
            keys.erase(way);
        }
        lead(step.otherwise, tries(step.tries));
    }
    std::string language_of(const flow::Menu& step, const std::string& key) const {
        const auto chosen = step.languages.find(key);
        if (chosen == step.languages.end()) return "";
        const bool is_arabic = chosen->second == Language::arabic;
        return fmt::format(" ({})", word(is_arabic ? kInArabic : kInEnglish));
    }
    void operator()(const flow::Collect& step) const {
        const bool is_number = step.purpose == flow::Collect::Purpose::callback_number;
        drawn.kind = word(kCollect);
        drawn.detail = word(is_number ? kCallbackNumber : kReference);
        say_all(step.prompts);
        say_of_mistake(step.invalid, kWrongKey);
        lead(step.next, word(kUnderstood));
        lead(step.otherwise, tries(step.tries));
    }
    void operator()(const flow::Consent& step) const {
        drawn.kind = word(kConsent);
        say(step.prompt);
        say(step.refused, fmt::format("{} {}", word(kRefused), step.refusal_key));
        lead(step.next);
    }
    void operator()(const flow::Hours& step) const {
        drawn.kind = word(kHours);
        lead(step.open, word(kOpen));
        lead(step.closed, word(kClosed));
    }
    void operator()(const flow::CallerKnown& step) const {
        drawn.kind = word(kCallerKnown);
        lead(step.known, word(kNumberKnown));
        lead(step.hidden, word(kNumberHidden));
    }
    std::string title_of(const QueueId& id) const {
        for (const centre::Queue& queue : centre.queues) {
            if (queue.id != id) continue;
            return language == Language::arabic ? queue.title.ar : queue.title.en;
        }
        return id.value;
    }
    void operator()(const flow::Enqueue& step) const {
        drawn.kind = word(kEnqueue);
        drawn.is_queue = true;
        drawn.detail = title_of(step.queue);
        for (const QueueId& also : step.also) {
            drawn.detail += fmt::format(" {} {}", word(kAndAlso), title_of(also));
        }
        if (step.said_before) say(*step.said_before);
        lead(step.when_closed, word(kNobodyComes));
        if (step.when_full) lead(step.when_full, word(kQueueFull));
        if (step.when_nobody) lead(step.when_nobody, word(kNobodyThere));
        if (step.after_longest) lead(step.after_longest, word(kWaitedLongest));
        if (step.callback) {
            lead(step.callback, fmt::format("{}: {}", step.callback_key, word(kKeepsPlace)));
        }
        for (const auto& [key, target] : step.keys) lead(target, key);
    }
    void operator()(const flow::TakeMessage& step) const {
        drawn.kind = word(kTakeMessage);
        say_all(step.prompts);
        say(step.thanks, word(kThanks));
        say(step.nothing_left, word(kNothingLeft));
        lead(step.next);
    }
    void operator()(const flow::LookUp& step) const {
        drawn.kind = word(kLookUp);
        say(step.found, word(kFound));
        say(step.unknown, word(kUnknown));
        lead(step.next);
    }
    void operator()(const flow::Notice& step) const {
        drawn.kind = word(kNotice);
        say_all(step.prompts);
        for (const auto& [key, target] : step.keys) lead(target, key);
        lead(step.next, word(kNoNotice));
    }
    void operator()(const flow::HangUp& step) const {
        drawn.kind = word(kHangUp);
        drawn.is_end = true;
        say_all(step.prompts);
    }
};

}  // namespace

DrawnFlow draw(const flow::Flow& flow, const centre::Configuration& centre,
               const config::PromptTexts* texts, Language language) {
    DrawnFlow drawn{flow.id, flow.first, language, {}};
    for (const flow::Step& row : flow.steps) {
        DrawnStep step;
        step.id = row.id;
        std::visit(Drawing{centre, texts, language, step}, row.body);
        drawn.steps.push_back(std::move(step));
    }
    return drawn;
}

}  // namespace amer::flow_drawing
