#pragma once

#include <string>
#include <vector>

#include "core/centre/configuration.h"
#include "main/config/prompt_texts.h"

namespace amer::flow_drawing {

// A flow as a person reads it, in one language: every step with what is said there and where it
// leads. The forms (text, dot) only lay it out.

struct DrawnText {
    std::string when;  // "": said at once; else "wrong key" and the like
    std::string text;
    bool is_of_mistake = false;  // only after a wrong key or none
};

struct DrawnWay {
    std::string when;  // "": always; else the keys, "closed" ...
    StepId to;
};

struct DrawnStep {
    StepId id;
    std::string kind;    // "menu"
    std::string detail;  // the queue's title, the digits' purpose
    std::vector<DrawnText> texts;
    std::vector<DrawnWay> ways;
    bool is_end = false;    // the call ends here
    bool is_queue = false;  // an agent takes over
};

struct DrawnFlow {
    FlowId id;
    StepId first;
    Language language = Language::english;
    std::vector<DrawnStep> steps;  // in the order of the file
};

// Without `texts` a prompt is shown by its id.
DrawnFlow draw(const flow::Flow& flow, const centre::Configuration& centre,
               const config::PromptTexts* texts, Language language);

std::string as_text(const DrawnFlow& flow);
// For graphviz.
std::string as_dot(const DrawnFlow& flow);

}  // namespace amer::flow_drawing
