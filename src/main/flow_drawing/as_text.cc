#include <fmt/format.h>

#include "main/flow_drawing/drawing.h"
#include "main/flow_drawing/words.h"

namespace amer::flow_drawing {

std::string as_text(const DrawnFlow& flow) {
    const bool is_arabic = flow.language == Language::arabic;
    const char* const arrow = is_arabic ? "←" : "→";
    std::string out = fmt::format("{} {}, {}: {}, {} {}\n", kFlow.in(flow.language), flow.id.value,
                                  kSteps.in(flow.language), flow.steps.size(),
                                  kBeginsWith.in(flow.language), flow.first.value);
    for (const DrawnStep& step : flow.steps) {
        const std::string detail = step.detail.empty() ? "" : ": " + step.detail;
        out += fmt::format("\n{} ({}{})\n", step.id.value, step.kind, detail);
        for (const DrawnText& said : step.texts) {
            const std::string when = said.when.empty() ? "" : said.when + ": ";
            out += fmt::format("    {}\"{}\"\n", when, said.text);
        }
        for (const DrawnWay& way : step.ways) {
            const std::string when = way.when.empty() ? "" : way.when + " ";
            out += fmt::format("    {}{} {}\n", when, arrow, way.to.value);
        }
    }
    return out;
}

}  // namespace amer::flow_drawing
