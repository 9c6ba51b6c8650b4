#pragma once

#include <memory>
#include <string>

namespace support {

/// Another program that has the card in a reader to itself, as gpg's scdaemon has it: to pcscd, a client of its own.
/// Fails the test where it cannot have it.
class HeldCard {
public:
    explicit HeldCard(const std::string& reader);
    ~HeldCard();
    HeldCard(const HeldCard&) = delete;
    HeldCard& operator=(const HeldCard&) = delete;

private:
    struct Handles;
    std::unique_ptr<Handles> m_handles;
};

}
