#pragma once

#include "auth/fido/card_io.h"
#include "auth/fido/link.h"
#include "auth/fido/operation.h"

#include <array>

namespace fido {

/// FIDO2 over ISO 7816 (CTAP 2.1, 11.3): NFC readers, and keys that speak FIDO over their CCID interface. libfido2
/// calls these functions with whole messages; Debian's is built without PC/SC of its own.
class CardLink final : public Link {
public:
    CardLink(CardIo& io, Operation& operation)
        : m_io(io)
        , m_operation(operation)
    {
    }

    void attach(fido_dev_t& device) override;

private:
    static int send(fido_dev_t* device, std::uint8_t command, const unsigned char* data, std::size_t size);
    static int receive(
        fido_dev_t* device, std::uint8_t command, unsigned char* buffer, std::size_t size, int milliseconds);

    [[nodiscard]] bool select(std::span<const unsigned char> nonce);
    [[nodiscard]] bool exchange(std::span<const unsigned char> message);
    /// One chain of commands: what does not fit in one goes in several. The last response's status word, or nothing.
    [[nodiscard]] std::optional<unsigned> transmitChained(
        unsigned char parameter, std::span<const unsigned char> message);
    [[nodiscard]] std::optional<unsigned> transmit(std::span<const unsigned char> command);
    /// Fetches what the card holds back, and waits with it for the person.
    [[nodiscard]] std::optional<unsigned> complete(unsigned status);
    [[nodiscard]] int giveSelected(unsigned char* buffer, std::size_t size) const;

    CardIo& m_io;
    Operation& m_operation;
    Bytes m_answer; ///< to the last message, without its status word
    std::array<unsigned char, 8> m_nonce{};
    bool m_ready = false; ///< m_answer is whole
};

}
