#include "telephony/access.h"

namespace amer::telephony {

Access::Access(const std::vector<centre::Trunk>& trunks, std::map<std::string, DigestSecret> users)
    : users_{std::move(users)} {
    set_trunks(trunks);
}

void Access::set_trunks(const std::vector<centre::Trunk>& trunks) {
    trunk_of_peer_.clear();
    for (const centre::Trunk& trunk : trunks) {
        for (const std::string& peer : trunk.peers) trunk_of_peer_.emplace(peer, trunk.id);
    }
}

sip::AccessPolicy::Verdict Access::admit(const sip::Message& request, const sip::Flow& flow) {
    const std::string& address = flow.remote.address;
    auto trunk = trunk_of_peer_.find(address + ":" + std::to_string(flow.remote.port));
    if (trunk == trunk_of_peer_.end()) trunk = trunk_of_peer_.find(address);

    // A phone on a trunk's own machine still registers as itself.
    const bool registers = request.method == sip::Method::register_;
    if (trunk != trunk_of_peer_.end() && !registers) {
        return {sip::Admission::trunk, trunk->second.value};
    }

    // Only those who name a user of ours are challenged; scanners that guess get the same answer
    // for every name, since secret_of is asked after the challenge and not before.
    const bool may_prove_himself = registers || request.method == sip::Method::invite;
    if (may_prove_himself) return {sip::Admission::challenge, {}};
    return {sip::Admission::refuse, {}};
}

std::optional<std::string> Access::secret_of(std::string_view user,
                                             sip::DigestAlgorithm algorithm) {
    const auto found = users_.find(std::string{user});
    if (found == users_.end()) return std::nullopt;
    return algorithm == sip::DigestAlgorithm::md5 ? found->second.md5 : found->second.sha256;
}

}  // namespace amer::telephony
