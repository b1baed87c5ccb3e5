#include <algorithm>

#include <fmt/format.h>

#include "main/config/sections.h"
#include "telephony/desk_wordings.h"

namespace amer::config {

namespace {

using telephony::DeskAct;
using telephony::DeskCode;

constexpr std::size_t kShortest = 2;
constexpr std::size_t kLongest = 8;

const TableReader::Choices<DeskAct>& acts() {
    static const TableReader::Choices<DeskAct> all{
        {"ready", DeskAct::ready},
        {"not-ready", DeskAct::not_ready},
        {"wrapped-up", DeskAct::wrapped_up},
        {"log-out", DeskAct::log_out},
    };
    return all;
}

const char* usual_words(DeskAct act) {
    switch (act) {
        case DeskAct::ready: return "DESK-READY";
        case DeskAct::not_ready: return "DESK-NOT-READY";
        case DeskAct::wrapped_up: return "DESK-WRAPPED-UP";
        case DeskAct::log_out: break;
    }
    return "DESK-LOGGED-OUT";
}

bool can_be_dialled(const std::string& code) {
    return code.size() >= kShortest && code.size() <= kLongest &&
           code.find_first_not_of("0123456789*#") == std::string::npos;
}

const centre::DialledNumber* number_dialled_so(const centre::Configuration& centre,
                                               const std::string& code) {
    for (const centre::DialledNumber& row : centre.numbers) {
        const bool is_also = std::find(row.also.begin(), row.also.end(), code) != row.also.end();
        if (is_also || row.number.e164() == "+" + code) return &row;
    }
    return nullptr;
}

void check_dialled(TableReader& row, const centre::Configuration& centre,
                   const std::vector<DeskCode>& before, const std::string& dialled) {
    if (dialled.empty()) return;  // said already
    if (!can_be_dialled(dialled)) {
        row.refuse("dial", fmt::format("'dial' is \"{}\": expected {} to {} keys of a telephone, "
                                       "such as \"*11\"",
                                       dialled, kShortest, kLongest));
    }
    for (const DeskCode& other : before) {
        if (other.dialled != dialled) continue;
        row.refuse("dial", fmt::format("'dial' is \"{}\": an earlier code is dialled so", dialled));
    }
    if (const auto* number = number_dialled_so(centre, dialled)) {
        row.refuse("dial", fmt::format("'dial' is \"{}\": the number {} is dialled so", dialled,
                                       number->number.e164()));
    }
}

void check_reason(TableReader& row, const centre::AgentPlan& plan, const DeskCode& code) {
    if (code.act != DeskAct::not_ready) {
        if (!code.reason.empty()) {
            row.refuse("reason", "'reason' is for the code of not-ready only");
        }
        return;
    }
    if (plan.reasons.empty() && !code.reason.empty()) return;
    std::vector<std::string> known;
    for (const centre::NotReadyReason& reason : plan.reasons) known.push_back(reason.id);
    if (std::find(known.begin(), known.end(), code.reason) != known.end()) return;
    row.refuse("reason",
               fmt::format("'reason' is \"{}\": expected one of the reasons of this file, "
                           "{}",
                           code.reason, fmt::join(known, ", ")));
}

}  // namespace

void read_desk_codes(TableReader& file, const centre::Configuration& centre,
                     std::vector<DeskCode>& codes) {
    for (TableReader& row : file.rows("code", kDeskCodes)) {
        DeskCode code;
        code.dialled = row.text("dial");
        code.act = row.choice<DeskAct>("does", acts(), DeskAct::ready);
        code.reason = row.text("reason", "");
        code.says = row.name<PromptId>("says", PromptId{usual_words(code.act)});
        check_dialled(row, centre, codes, code.dialled);
        check_reason(row, centre.agent_plan, code);
        row.finish();
        codes.push_back(std::move(code));
    }
}

std::vector<centre::Problem> check_desk_words(const std::vector<DeskCode>& codes,
                                              const centre::KnownPrompts& known) {
    std::vector<centre::Problem> problems;
    const auto check = [&](const std::string& path, const PromptId& prompt) {
        const auto languages = known.find(prompt);
        if (languages != known.end() && languages->second.size() == 2) return;
        problems.push_back({path, fmt::format("a prompt in each language; '{}' is not written in "
                                              "both",
                                              prompt.value)});
    };
    for (std::size_t at = 0; at < codes.size(); ++at) {
        check(fmt::format("{}[{}].says", kDeskCodes, at), codes[at].says);
    }
    if (codes.empty()) return problems;
    for (const PromptId& prompt : telephony::wordings::all_of_desk()) check(kDeskCodes, prompt);
    return problems;
}

}  // namespace amer::config
