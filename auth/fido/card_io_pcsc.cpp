#include "auth/fido/card_io.h"
#include "auth/fido/short_apdu.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <winscard.h>

namespace fido {

namespace {

class Context {
public:
    Context() { m_open = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &m_handle) == SCARD_S_SUCCESS; }
    ~Context()
    {
        if (m_open)
            SCardReleaseContext(m_handle);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] SCARDCONTEXT handle() const { return m_handle; }

private:
    SCARDCONTEXT m_handle = 0;
    bool m_open = false;
};

Failure cardFailure(LONG code, const char* doing)
{
    const auto problem = [code] {
        switch (static_cast<std::uint32_t>(code)) {
        case static_cast<std::uint32_t>(SCARD_E_NO_SMARTCARD):
        case static_cast<std::uint32_t>(SCARD_W_REMOVED_CARD):
        case static_cast<std::uint32_t>(SCARD_E_UNKNOWN_READER):
        case static_cast<std::uint32_t>(SCARD_E_READER_UNAVAILABLE):
        case static_cast<std::uint32_t>(SCARD_E_NO_SERVICE):
        case static_cast<std::uint32_t>(SCARD_F_COMM_ERROR):
        // The exchange broke off: lifted from the reader, before the service has noticed that it is gone.
        case static_cast<std::uint32_t>(SCARD_E_NOT_TRANSACTED):
            return Problem::Removed;
        case static_cast<std::uint32_t>(SCARD_E_SHARING_VIOLATION):
        case static_cast<std::uint32_t>(SCARD_W_RESET_CARD):
            return Problem::Busy;
        case static_cast<std::uint32_t>(SCARD_W_SECURITY_VIOLATION):
            return Problem::NotPermitted;
        default:
            return Problem::BadAnswer;
        }
    }();
    char number[16] = {};
    std::snprintf(number, sizeof number, "0x%08x", static_cast<unsigned>(code));
    return {problem, std::nullopt, std::string(doing) + ": PC/SC " + number};
}

class PcscCard final : public CardIo {
public:
    explicit PcscCard(const std::string& reader)
    {
        if (!m_context.isOpen()) {
            m_code = SCARD_E_NO_SERVICE;
            return;
        }
        m_code = SCardConnect(m_context.handle(), reader.c_str(), SCARD_SHARE_SHARED,
            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &m_card, &m_protocol);
        if (m_code != SCARD_S_SUCCESS)
            return;
        m_connected = true;
        // Another program that selected its own application between two commands would take ours away.
        m_code = SCardBeginTransaction(m_card);
    }
    ~PcscCard() override
    {
        if (!m_connected)
            return;
        SCardEndTransaction(m_card, SCARD_LEAVE_CARD);
        SCardDisconnect(m_card, SCARD_LEAVE_CARD);
    }
    PcscCard(const PcscCard&) = delete;
    PcscCard& operator=(const PcscCard&) = delete;

    [[nodiscard]] LONG code() const { return m_code; }

    Outcome<Bytes> transmit(std::span<const unsigned char> command) override
    {
        std::array<unsigned char, 5> room{};
        const auto sent = m_protocol == SCARD_PROTOCOL_T0 ? forT0(command, room) : command;
        auto outcome = transmitAsIs(sent);
        const auto* response = std::get_if<Bytes>(&outcome);
        const auto again = response ? withLengthTold(sent, *response) : std::nullopt;
        return again ? transmitAsIs(*again) : outcome;
    }

private:
    Outcome<Bytes> transmitAsIs(std::span<const unsigned char> command)
    {
        std::array<unsigned char, 258> response{};
        DWORD size = response.size();
        const SCARD_IO_REQUEST* request = m_protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        const LONG code =
            SCardTransmit(m_card, request, command.data(), command.size(), nullptr, response.data(), &size);
        if (code != SCARD_S_SUCCESS)
            return cardFailure(code, "talking to the card");
        return Bytes(response.begin(), response.begin() + static_cast<std::ptrdiff_t>(size));
    }

    Context m_context;
    SCARDHANDLE m_card = 0;
    DWORD m_protocol = 0;
    bool m_connected = false;
    LONG m_code = SCARD_S_SUCCESS;
};

}

std::vector<std::string> readersWithCard()
{
    const Context context;
    DWORD size = 0;
    if (!context.isOpen() || SCardListReaders(context.handle(), nullptr, nullptr, &size) != SCARD_S_SUCCESS)
        return {};
    std::string names(size, '\0');
    if (SCardListReaders(context.handle(), nullptr, names.data(), &size) != SCARD_S_SUCCESS)
        return {};
    std::vector<std::string> found;
    // Names with a NUL behind each and one more at the end.
    for (std::size_t at = 0; at < names.size() && names[at] != '\0';) {
        const std::string name(names.c_str() + at);
        at += name.size() + 1;
        SCARD_READERSTATE state{};
        state.szReader = name.c_str();
        if (SCardGetStatusChange(context.handle(), 0, &state, 1) == SCARD_S_SUCCESS
            && (state.dwEventState & SCARD_STATE_PRESENT) != 0)
            found.push_back(name);
    }
    return found;
}

Outcome<std::unique_ptr<CardIo>> openCard(const std::string& reader)
{
    auto card = std::make_unique<PcscCard>(reader);
    if (card->code() != SCARD_S_SUCCESS)
        return cardFailure(card->code(), "connecting to the card");
    return std::unique_ptr<CardIo>(std::move(card));
}

}
