#pragma once

#include "auth/pcsc.h"
#include "core/tls/hex.h"

#include <map>
#include <string>
#include <vector>

inline const std::string GetChuid = "00cb3fff055c035fc10200";

/// Answers each command, in hex, with what was put down for it, in hex; any other with 6d00.
class ScriptedCard final : public auth::CardChannel {
public:
    base::Status claim() override
    {
        claimed = true;
        return base::Ok{};
    }
    base::Result<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) override
    {
        commands.push_back(tls::hexOf(command));
        const auto found = answers.find(commands.back());
        return *tls::bytesOfHex(found == answers.end() ? "6d00" : found->second);
    }

    std::map<std::string, std::string> answers{
        {"00a4040009a0000003080000100000", "9000"}, {"00cb3fff055c035fc10200", "6a82"}};
    std::vector<std::string> commands;
    bool claimed = false;
};
