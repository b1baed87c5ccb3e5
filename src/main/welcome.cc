#include "main/welcome.h"

#include <fmt/format.h>

namespace amer {
namespace {

std::string text_of(const sip::Endpoint& endpoint) {
    const bool is_v6 = endpoint.address.find(':') != std::string::npos;
    return is_v6 ? fmt::format("[{}]:{}", endpoint.address, endpoint.port)
                 : fmt::format("{}:{}", endpoint.address, endpoint.port);
}

std::string listening(const config::SipSettings& sip) {
    std::string text;
    if (sip.udp) text += fmt::format("UDP {}", text_of(*sip.udp));
    if (sip.tcp) text += fmt::format("{}TCP {}", text.empty() ? "" : ", ", text_of(*sip.tcp));
    return text;
}

}  // namespace

std::string welcome(const ServeOptions& options, const config::Loaded& loaded,
                    const secrets::Passwords& passwords) {
    std::string text = fmt::format("Amer takes calls for {}.\n", loaded.centre.ministry.en);
    text += fmt::format("  SIP       {}\n", listening(loaded.system.sip));
    std::string numbers;
    for (const centre::DialledNumber& number : loaded.centre.numbers) {
        numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ",
                               number.also.empty() ? number.number.e164() : number.also.front());
    }
    text += fmt::format("  Numbers   {}\n", numbers);
    text += "  Agents    user name and password of each agent's telephone:\n";
    for (const centre::AgentRow& agent : loaded.centre.agents) {
        const auto password = passwords.find(agent.id.value);
        if (password == passwords.end()) continue;
        text += fmt::format("            {:<12} {}  {}\n", agent.id.value, password->second,
                            agent.name.en);
    }
    const std::string program = "build/release/bin/amer";
    const std::string data =
        options.data == ServeOptions{}.data ? "" : fmt::format(" --data {}", options.data.string());
    const std::string agent =
        loaded.centre.agents.empty() ? "USER" : loaded.centre.agents.front().id.value;
    text += fmt::format(
        "  Try it    in a second terminal, an agent:   {0} phone {2}{1}\n"
        "            in a third, a citizen:            {0} call 600500500 --keys 1@10s,0@12s --for "
        "60s{1}\n"
        "            then look:                        {0} status{1}\n"
        "  Ctrl-C ends it; nothing is lost, here or by a power cut.\n",
        program, data, agent);
    return text;
}

}  // namespace amer
