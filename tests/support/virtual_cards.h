#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace support {

/// The virtual cards of the namespace that this program runs in (tests/support/virtual_card/run). Every call fails the
/// test where the cards refuse; see cardd.py for the commands.
class VirtualCards {
public:
    VirtualCards();
    ~VirtualCards();
    VirtualCards(const VirtualCards&) = delete;
    VirtualCards& operator=(const VirtualCards&) = delete;

    nlohmann::json tell(const std::string& command);
    /// PEM, the authority of all certificates on the cards.
    [[nodiscard]] static std::string caFile();
    /// PEM, of the certificate that was issued for a card's slot ("9a"), however it stands there.
    [[nodiscard]] static std::string certificateFile(const std::string& card, const std::string& slot);
    /// `pcscd stop`, `start` or `kill`: returns when it is so.
    static void service(const std::string& what);
    /// Runs a program of this machine and waits for its end; false when it fails.
    static bool program(const std::string& command);

private:
    int m_socket;
};

}
