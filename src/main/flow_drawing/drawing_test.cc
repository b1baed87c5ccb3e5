#include "main/flow_drawing/drawing.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "core/centre/example_centre.h"
#include "main/flow_drawing/graphviz.h"

namespace amer::flow_drawing {

namespace {

const centre::Configuration kCentre = centre::example::configuration();

config::PromptTexts texts() {
    config::PromptTexts all;
    all[PromptId{"GRT-U"}] = {{Language::arabic, "أهلًا بكم."},
                              {Language::english, "Welcome to \"Amer\" <A & B>."}};
    all[PromptId{"CLS-MSG"}] = {
        {Language::arabic, "سنعاود الاتصال بكم في يوم {date}."},
        {Language::english,
         "After the tone, please leave your name and the matter of your call, then press hash."}};
    return all;
}

DrawnFlow drawn(Language language) {
    const config::PromptTexts all = texts();
    return draw(kCentre.flows[0], kCentre, &all, language);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every step is listed with what is said and every way out of it") {
    const std::string text = as_text(drawn(Language::english));
    CHECK(
        text.starts_with("flow unified, steps: 14, begins with greeting\n"
                         "\n"
                         "greeting (say)\n"
                         "    \"Welcome to \"Amer\" <A & B>.\"\n"
                         "    → language\n"));
    CHECK(has(text, "hours (official hours)\n    open → consent\n    closed → closed\n"));
    CHECK(has(text, "    1 (in Arabic) · 2 (in English) → hours\n"));
    CHECK(has(text, "    no right key, tries: 2 → general\n"));
    CHECK(has(text, "    [XFER]") == false);  // a text, quoted, even when only its id is known
    CHECK(has(text, "\"[XFER]\""));
    for (const flow::Step& step : kCentre.flows[0].steps) {
        CHECK(has(text, "\n" + step.id.value + " ("));
    }
}

TEST_CASE("a step that leads into several queues names them all") {
    centre::Configuration rules = centre::example::configuration();
    rules.queues[0].title = {"الخدمة", "General"};
    rules.queues[1].title = {"الإسكان", "Housing"};
    for (flow::Step& step : rules.flows[0].steps) {
        if (step.id != StepId{"housing"}) continue;
        std::get<flow::Enqueue>(step.body).also = {QueueId{"general"}};
    }
    CHECK(has(as_text(draw(rules.flows[0], rules, nullptr, Language::english)),
              "housing (queue: Housing and also General)\n"));
    CHECK(has(as_text(draw(rules.flows[0], rules, nullptr, Language::arabic)),
              "housing (طابور انتظار: الإسكان ومعه الخدمة)\n"));
}

TEST_CASE("in Arabic the words between the texts are Arabic too") {
    const std::string text = as_text(drawn(Language::arabic));
    CHECK(has(text, "greeting (رسالة مسموعة)\n    \"أهلًا بكم.\"\n    ← language\n"));
    CHECK(has(text, "خارج الدوام ← closed"));
}

TEST_CASE("a drawing for graphviz quotes what would end a label, and breaks long lines") {
    const std::string dot = as_dot(drawn(Language::english));
    CHECK(has(dot, "Welcome to \\\"Amer\\\" <A & B>.\\l"));
    CHECK(has(dot, "After the tone, please leave your name and\\lthe matter"));
    CHECK(has(dot, "rankdir=LR"));
    CHECK(has(dot, "  \"hours\" -> \"closed\" [label=\"closed\"]\n"));
}

TEST_CASE("an Arabic drawing goes from right to left, every line marked so") {
    const std::string dot = as_dot(drawn(Language::arabic));
    CHECK(has(dot, "rankdir=RL"));
    CHECK(has(dot, "\u202bسنعاود الاتصال بكم في يوم {date}.\u202c\\r"));
}

TEST_CASE("graphviz makes an SVG of it; where it is missing the package is named") {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/no/such/folder", 1);
    const auto none = svg_of(as_dot(drawn(Language::english)));
    setenv("PATH", path.c_str(), 1);
    REQUIRE_FALSE(none);
    CHECK(has(none.error().what, "install the Debian package graphviz"));

    const auto svg = svg_of(as_dot(drawn(Language::english)));
    if (!svg) {  // optional on the machine: then the same sentence
        CHECK(svg.error().what == none.error().what);
        return;
    }
    CHECK(has(*svg, "<svg"));
    CHECK(has(*svg, "&lt;A &amp; B&gt;"));
    CHECK_FALSE(svg_of("digraph { broken"));
}

}  // namespace amer::flow_drawing
