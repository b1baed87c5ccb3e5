#include "core/centre/check_prompts.h"

#include <fmt/format.h>

#include "core/centre/wordings.h"
#include "core/flow/known.h"

namespace amer::centre {

namespace {

using Placeholders = std::set<std::string>;

const char* name_of(Language language) {
    return language == Language::arabic ? "Arabic" : "English";
}

// A prompt as a step says it: the step's field, and what may be filled in there.
struct Said {
    std::string field;
    PromptId prompt;
    Placeholders fillable;
};

Placeholders fillable_with(const flow::Known& known) {
    Placeholders fillable{"hours"};  // the official week is always known
    if (known.has_promise) fillable.insert({"ref", "date", "time"});
    if (known.has_number) fillable.insert("number");
    if (known.has_department) fillable.insert("department");
    return fillable;
}

// Gathers all that a step may say, in the order of its fields.
struct Gathering {
    const flow::Known& known;
    std::vector<Said>& all;

    void say(const char* field, const PromptId& prompt, const Placeholders& fillable) const {
        all.push_back(Said{field, prompt, fillable});
    }
    void say(const std::vector<PromptId>& prompts, const Placeholders& fillable) const {
        for (std::size_t at = 0; at < prompts.size(); ++at) {
            all.push_back(Said{fmt::format("prompts[{}]", at), prompts[at], fillable});
        }
    }

    void operator()(const flow::Say& step) const { say(step.prompts, fillable_with(known)); }
    void operator()(const flow::Menu& step) const {
        say(step.prompts, fillable_with(known));
        if (step.invalid) say("invalid", step.invalid, fillable_with(known));
        say("no_input", step.no_input, fillable_with(known));
    }
    void operator()(const flow::Collect& step) const {
        say(step.prompts, fillable_with(known));
        say("invalid", step.invalid, fillable_with(known));
    }
    void operator()(const flow::Consent& step) const {
        say("prompt", step.prompt, fillable_with(known));
        say("refused", step.refused, fillable_with(known));
    }
    void operator()(const flow::Hours&) const {}
    void operator()(const flow::CallerKnown&) const {}
    void operator()(const flow::Enqueue& step) const {
        flow::Known there = known;
        there.has_department = true;
        if (step.said_before) say("said_before", *step.said_before, fillable_with(there));
    }
    void operator()(const flow::TakeMessage& step) const {
        flow::Known there = known;
        there.has_promise = true;
        say(step.prompts, fillable_with(there));
        say("thanks", step.thanks, fillable_with(there));
        say("nothing_left", step.nothing_left, fillable_with(there));
        Placeholders after_message = fillable_with(there);
        after_message.insert("message");
        if (step.review) say("review", step.review, after_message);
        if (step.heard) say("heard", step.heard, after_message);
    }
    void operator()(const flow::LookUp& step) const {
        // Of the promise he asks after, not of his own.
        flow::Known there = known;
        there.has_promise = false;
        Placeholders found = fillable_with(there);
        found.insert({"ref", "status", "date", "time"});
        say("found", step.found, found);
        say("unknown", step.unknown, fillable_with(there));
    }
    void operator()(const flow::Notice& step) const {
        Placeholders fillable = fillable_with(known);
        fillable.insert("area");
        say(step.prompts, fillable);
    }
    void operator()(const flow::HangUp& step) const { say(step.prompts, fillable_with(known)); }
};

class CheckingPrompts {
public:
    CheckingPrompts(const Configuration& configuration, const KnownPrompts& known)
        : configuration_{configuration}, known_{known} {}

    std::vector<Problem> run() {
        for (const flow::Flow& flow : configuration_.flows) check_flow(flow);
        for (const Unit& unit : configuration_.units) {
            check("units." + unit.id.value, Said{"spoken", unit.spoken, {}});
        }
        check_waiting_words();
        // The citizen who is called back hears which promise it is about.
        const flow::Known of_callback{true, true, true};
        check("promises",
              Said{"greeting", configuration_.promises.greeting, fillable_with(of_callback)});
        check("promises", Said{"sorry", configuration_.promises.sorry, fillable_with(of_callback)});
        const PromptId& briefing = configuration_.promises.briefing;
        check("promises", Said{"briefing", briefing, {"ref", "date", "time", "message"}});
        if (!briefing.value.empty()) {
            check("promises", Said{"briefing", wordings::kTriedBefore, {"n"}});
        }
        return std::move(problems_);
    }

private:
    // Every queue says the same words, so they are asked for once.
    void check_waiting_words() {
        const Placeholders nothing{"hours"};
        for (const PromptId& words :
             {wordings::kAllBusy, wordings::kNobodyThere, wordings::kNext, wordings::kSoon,
              wordings::kKeepPlace, wordings::kAgentLost}) {
            check("queues", Said{"announce_every_ms", words, nothing});
        }
        check("queues", Said{"says_position", wordings::kPosition, {"n"}});
        check("queues", Said{"says_wait", wordings::kExpectedWait, {"minutes"}});
        for (const PromptId& words : {wordings::kClosesSoon, wordings::kHasClosed}) {
            check("queues", Said{"closing_warning_ms", words, {"closing"}});
        }
    }

    void check_flow(const flow::Flow& flow) {
        // After the agent it is known whose he was; a flow that begins calls too knows nothing.
        bool begins_calls = false;
        for (const DialledNumber& number : configuration_.numbers) {
            begins_calls = begins_calls || number.flow == flow.id;
        }
        const flow::Known at_first{false, false, !begins_calls};
        const auto known = flow::known_at_steps(flow, at_first);
        for (const flow::Step& step : flow.steps) {
            const auto here = known.find(step.id);
            if (here == known.end()) continue;
            const std::string path = fmt::format("flows.{}.{}", flow.id.value, step.id.value);
            std::vector<Said> all;
            std::visit(Gathering{here->second, all}, step.body);
            for (const Said& said : all) check(path, said);
            if (std::holds_alternative<flow::LookUp>(step.body)) check_statuses(path);
        }
    }

    void check_statuses(const std::string& path) {
        for (const char* const status : {wordings::kStatusOpen, wordings::kStatusKept,
                                         wordings::kStatusBroken, wordings::kStatusWithdrawn}) {
            check(path, Said{"found", PromptId{status}, {}});
        }
    }

    void check(const std::string& path, Said said) {
        if (said.prompt == wordings::kHoliday) {
            // It is only said when there is a promise and a holiday: then all of these are known.
            said.fillable.insert({"holiday", "ref", "date", "time"});
        }
        check_one(path, said);
        if (said.prompt == wordings::kPlaceKept) {
            check_one(path, Said{said.field, wordings::kPlaceKeptNoTime, said.fillable});
        }
        if (said.prompt != wordings::kAfterTone) return;
        for (const PromptId& other : {wordings::kAfterToneToday, wordings::kAfterToneNoDate}) {
            check_one(path, Said{said.field, other, said.fillable});
        }
    }

    void check_one(const std::string& row, const Said& said) {
        const std::string path = row + "." + said.field;
        if (said.prompt.value.empty()) return;  // said elsewhere to be missing
        const auto languages = known_.find(said.prompt);
        if (languages == known_.end()) {
            expect(path, fmt::format("the id of a prompt; '{}' is written in no language",
                                     said.prompt.value));
            return;
        }
        for (const Language language : {Language::arabic, Language::english}) {
            const auto text = languages->second.find(language);
            if (text == languages->second.end()) {
                expect(path, fmt::format("a prompt in each language; '{}' is not written in {}",
                                         said.prompt.value, name_of(language)));
                continue;
            }
            for (const std::string& placeholder : text->second) {
                if (said.fillable.contains(placeholder)) continue;
                expect(path, fmt::format("only what is known here to be spoken; '{}' has {{{}}} "
                                         "in {}",
                                         said.prompt.value, placeholder, name_of(language)));
            }
        }
    }

    void expect(const std::string& path, std::string expected) {
        problems_.push_back(Problem{path, std::move(expected)});
    }

    const Configuration& configuration_;
    const KnownPrompts& known_;
    std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> check_prompts(const Configuration& configuration, const KnownPrompts& known) {
    return CheckingPrompts{configuration, known}.run();
}

}  // namespace amer::centre
