#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/flow/check.h"
#include "main/cli/command.h"
#include "main/cli/show_problems.h"
#include "main/config/load.h"
#include "main/flow_drawing/drawing.h"
#include "main/flow_drawing/graphviz.h"

namespace amer::cli {
namespace {

namespace fs = std::filesystem;

struct FlowOptions {
    fs::path config = "config";
    std::optional<fs::path> texts;
    std::string flow;
    Language language = Language::english;
    std::string format = "text";
    fs::path output;  // "": the screen
};

int check_flows(const FlowOptions& options, bool as_json) {
    const auto loaded = config::load(options.config, options.texts);
    if (!loaded) return show_problems(loaded.error(), as_json);
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const flow::Flow& flow : loaded->centre.flows) {
        std::size_t ways = 0;
        for (const flow::Step& step : flow.steps) ways += flow::targets_of(step.body).size();
        all.push_back({{"flow", flow.id.value}, {"steps", flow.steps.size()}, {"ways", ways}});
        if (!as_json) {
            fmt::print("flow {} is good: {} steps, {} ways between them\n", flow.id.value,
                       flow.steps.size(), ways);
        }
    }
    if (as_json) {
        const nlohmann::ordered_json answer{{"problems", nlohmann::ordered_json::array()},
                                            {"texts_checked", loaded->texts.has_value()},
                                            {"flows", all}};
        fmt::print("{}\n", answer.dump());
    } else if (!loaded->texts) {
        fmt::print("What is said was not checked: no texts beside the configuration (--texts).\n");
    }
    return kDone;
}

Result<std::string> laid_out(const flow_drawing::DrawnFlow& drawn, const std::string& format) {
    if (format == "text") return flow_drawing::as_text(drawn);
    std::string dot = flow_drawing::as_dot(drawn);
    if (format == "dot") return dot;
    return flow_drawing::svg_of(dot);
}

int show_flow(const FlowOptions& options, bool as_json) {
    const auto loaded = config::load(options.config, options.texts);
    if (!loaded) return show_problems(loaded.error(), as_json);
    const auto& flows = loaded->centre.flows;
    const auto flow = std::find_if(flows.begin(), flows.end(), [&](const flow::Flow& row) {
        return row.id.value == options.flow;
    });
    if (flow == flows.end()) {
        std::vector<std::string> names;
        for (const flow::Flow& row : flows) names.push_back(row.id.value);
        const std::string meant = config::nearest(options.flow, names);
        return fail(fmt::format("there is no flow '{}'{}", options.flow,
                                meant.empty() ? "" : fmt::format(", did you mean '{}'?", meant)));
    }
    const config::PromptTexts* texts = loaded->texts ? &*loaded->texts : nullptr;
    const auto drawing = laid_out(
        flow_drawing::draw(*flow, loaded->centre, texts, options.language), options.format);
    if (!drawing) return fail(drawing.error().what);
    if (options.output.empty()) {
        fmt::print("{}", *drawing);
        return kDone;
    }
    std::ofstream file{options.output, std::ios::binary};
    file << *drawing;
    file.close();
    if (!file) return fail(fmt::format("{} cannot be written", options.output.string()));
    return kDone;
}

void add_config_options(CLI::App& command, FlowOptions& options) {
    command.add_option("--config", options.config, "Configuration folder")->default_str("config");
    command.add_option("--texts", options.texts,
                       "Folder of the prompts' texts [prompts/ beside the configuration]");
}

}  // namespace

void add_flow(CLI::App& app, Invocation& invocation) {
    CLI::App* flow = app.add_subcommand("flow", "What callers meet: check it, or see it drawn");
    flow->require_subcommand(1);
    flow->fallthrough();
    const auto options = std::make_shared<FlowOptions>();

    CLI::App* check = flow->add_subcommand(
        "check", "Check every flow as a whole; every mistake with its step and line");
    add_config_options(*check, *options);
    check->callback([options, &invocation] {
        invocation.work = [options, &invocation] {
            return check_flows(*options, invocation.as_json);
        };
    });

    CLI::App* show = flow->add_subcommand("show", "Draw a flow, with what is said at each step");
    show->add_option("FLOW", options->flow, "The flow's name")->required();
    add_config_options(*show, *options);
    add_language_option(*show, options->language, "Whose texts");
    show->add_option("--format", options->format, "text, dot, or svg (drawn by graphviz)")
        ->check(CLI::IsMember({"text", "dot", "svg"}))
        ->default_str("text");
    show->add_option("--output", options->output, "Write it to this file [the screen]");
    show->callback([options, &invocation] {
        invocation.work = [options, &invocation] {
            return show_flow(*options, invocation.as_json);
        };
    });
}

}  // namespace amer::cli
