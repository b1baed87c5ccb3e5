#include <string_view>

#include <fmt/format.h>

#include "main/flow_drawing/drawing.h"

namespace amer::flow_drawing {
namespace {

constexpr std::size_t kLongestLine = 44;  // letters
// Around a line of Arabic: it is laid out from right to left whatever surrounds it, so that a full
// stop or a {placeholder} stays where it is said (Unicode TR 9, embeddings: older programs know
// them, isolates they do not).
constexpr std::string_view kRightToLeftBegin = "\u202b";
constexpr std::string_view kRightToLeftEnd = "\u202c";

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }

std::size_t letters_in(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text) count += begins_letter(byte) ? 1 : 0;
    return count;
}

// Broken between words into lines of a readable length.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::string line;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool is_full = letters_in(line) + 1 + letters_in(word) > kLongestLine;
        if (!line.empty() && is_full) lines.push_back(std::exchange(line, ""));
        line += (line.empty() ? "" : " ") + std::string{word};
    }
    if (!line.empty()) lines.push_back(std::move(line));
    return lines;
}

// Inside a quoted string of DOT.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') out += '\\';
        out += byte == '\n' || byte == '\r' ? ' ' : byte;
    }
    return out;
}

class Dot {
public:
    explicit Dot(const DrawnFlow& flow) : flow_{flow} {}

    std::string text() {
        out_ = fmt::format(
            "digraph \"{}\" {{\n"
            "  graph [rankdir={}, nodesep=0.25, ranksep=0.9, charset=\"UTF-8\"]\n"
            "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", "
            "color=\"#5b6670\", fontname=\"sans-serif\", fontsize=11, margin=\"0.18,0.1\"]\n"
            "  edge [color=\"#5b6670\", fontname=\"sans-serif\", fontsize=10, arrowsize=0.7]\n"
            "  \"\" [shape=circle, width=0.2, label=\"\", fillcolor=\"#5b6670\"]\n"
            "  \"\" -> \"{}\"\n",
            escaped(flow_.id.value), is_arabic() ? "RL" : "LR", escaped(flow_.first.value));
        for (const DrawnStep& step : flow_.steps) {
            node(step);
            for (const DrawnWay& way : step.ways) edge(step, way);
        }
        return out_ + "}\n";
    }

private:
    bool is_arabic() const { return flow_.language == Language::arabic; }

    std::string marked(std::string_view line) const {
        if (!is_arabic()) return escaped(line);
        return fmt::format("{}{}{}", kRightToLeftBegin, escaped(line), kRightToLeftEnd);
    }

    void node(const DrawnStep& step) {
        const std::string detail = step.detail.empty() ? "" : ": " + step.detail;
        std::string label = escaped(step.id.value) + "\\n" + marked(step.kind + detail) + "\\n";
        // Lines of what is said are flush with the side on which they begin.
        const char* const flush = is_arabic() ? "\\r" : "\\l";
        for (const DrawnText& said : step.texts) {
            if (said.is_of_mistake) continue;  // the same words at every menu would hide the rest
            const std::string when = said.when.empty() ? "" : said.when + ": ";
            for (const std::string& line : lines_of(when + said.text)) {
                label += marked(line) + flush;
            }
        }
        const char* const colour = step.is_end ? "#f3dede" : step.is_queue ? "#dcefe3" : "#f7f5ef";
        out_ += fmt::format("  \"{}\" [label=\"{}\", fillcolor=\"{}\"]\n", escaped(step.id.value),
                            label, colour);
    }

    void edge(const DrawnStep& step, const DrawnWay& way) {
        const std::string label =
            way.when.empty() ? "" : fmt::format(" [label=\"{}\"]", marked(way.when));
        out_ += fmt::format("  \"{}\" -> \"{}\"{}\n", escaped(step.id.value), escaped(way.to.value),
                            label);
    }

    const DrawnFlow& flow_;
    std::string out_;
};

}  // namespace

std::string as_dot(const DrawnFlow& flow) { return Dot{flow}.text(); }

}  // namespace amer::flow_drawing
