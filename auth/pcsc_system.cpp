#include "auth/fido/short_apdu.h"
#include "auth/pcsc.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <utility>
#include <winscard.h>

namespace auth {

namespace {

using base::Errc;
using base::Error;

/// A name that PC/SC knows: its state changes when a reader is plugged in.
constexpr const char* AnyReader = R"(\\?PnP?\Notification)";

PcscOutcome outcomeOf(LONG code)
{
    switch (static_cast<std::uint32_t>(code)) {
    case static_cast<std::uint32_t>(SCARD_S_SUCCESS):
        return PcscOutcome::Ok;
    case static_cast<std::uint32_t>(SCARD_E_TIMEOUT):
        return PcscOutcome::TimedOut;
    case static_cast<std::uint32_t>(SCARD_E_CANCELLED):
        return PcscOutcome::Cancelled;
    case static_cast<std::uint32_t>(SCARD_E_NO_READERS_AVAILABLE):
        return PcscOutcome::NoReader;
    case static_cast<std::uint32_t>(SCARD_E_UNKNOWN_READER):
    case static_cast<std::uint32_t>(SCARD_E_READER_UNAVAILABLE):
        return PcscOutcome::UnknownReader;
    // A service that has died is told of in four ways.
    case static_cast<std::uint32_t>(SCARD_E_NO_SERVICE):
    case static_cast<std::uint32_t>(SCARD_E_SERVICE_STOPPED):
    case static_cast<std::uint32_t>(SCARD_E_INVALID_HANDLE):
    case static_cast<std::uint32_t>(SCARD_F_COMM_ERROR):
        return PcscOutcome::NoService;
    default:
        return PcscOutcome::Failed;
    }
}

PcscAnswer answerOf(LONG code)
{
    if (code == SCARD_S_SUCCESS)
        return {};
    return {outcomeOf(code), pcsc_stringify_error(code)};
}

Error cardError(LONG code, const std::string& doing)
{
    const auto plain = static_cast<std::uint32_t>(code);
    const bool gone = plain == static_cast<std::uint32_t>(SCARD_E_NO_SMARTCARD)
        || plain == static_cast<std::uint32_t>(SCARD_W_REMOVED_CARD)
        || plain == static_cast<std::uint32_t>(SCARD_W_UNPOWERED_CARD) || outcomeOf(code) == PcscOutcome::UnknownReader
        || outcomeOf(code) == PcscOutcome::NoService;
    return {gone ? Errc::TokenAbsent : Errc::TokenFailure, doing + ": " + pcsc_stringify_error(code)};
}

class SystemChannel final : public CardChannel {
public:
    SystemChannel(SCARDHANDLE card, DWORD protocol)
        : m_card(card)
        , m_protocol(protocol)
    {
    }
    ~SystemChannel() override
    {
        if (m_claimed)
            SCardEndTransaction(m_card, SCARD_LEAVE_CARD);
        SCardDisconnect(m_card, SCARD_LEAVE_CARD);
    }
    SystemChannel(const SystemChannel&) = delete;
    SystemChannel& operator=(const SystemChannel&) = delete;

    base::Status claim() override
    {
        LONG code = SCardBeginTransaction(m_card);
        // Somebody has reset the card since we connected; nothing of ours is lost by that.
        if (static_cast<std::uint32_t>(code) == static_cast<std::uint32_t>(SCARD_W_RESET_CARD)) {
            code = SCardReconnect(
                m_card, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, SCARD_LEAVE_CARD, &m_protocol);
            if (code == SCARD_S_SUCCESS)
                code = SCardBeginTransaction(m_card);
        }
        if (code != SCARD_S_SUCCESS)
            return cardError(code, "waiting for the card");
        m_claimed = true;
        return base::Ok{};
    }

    base::Result<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) override
    {
        std::array<unsigned char, 5> room{};
        const auto sent = m_protocol == SCARD_PROTOCOL_T0 ? fido::forT0(command, room) : command;
        auto response = transmitAsIs(sent);
        if (!response)
            return response;
        if (const auto again = fido::withLengthTold(sent, *response))
            return transmitAsIs(*again);
        return response;
    }

private:
    base::Result<std::vector<std::uint8_t>> transmitAsIs(std::span<const std::uint8_t> command)
    {
        const SCARD_IO_REQUEST* const protocol = m_protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        std::vector<std::uint8_t> response(MAX_BUFFER_SIZE);
        DWORD size = response.size();
        const LONG code =
            SCardTransmit(m_card, protocol, command.data(), command.size(), nullptr, response.data(), &size);
        if (code != SCARD_S_SUCCESS)
            return cardError(code, "talking to the card");
        response.resize(size);
        return response;
    }

    SCARDHANDLE m_card;
    DWORD m_protocol;
    bool m_claimed = false;
};

class SystemPcsc final : public Pcsc {
public:
    ~SystemPcsc() override { release(); }

    PcscAnswer establish() override
    {
        release();
        SCARDCONTEXT context = 0;
        const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context);
        if (code == SCARD_S_SUCCESS)
            m_context = context;
        return answerOf(code);
    }

    void release() override
    {
        if (const SCARDCONTEXT context = m_context.exchange(0))
            SCardReleaseContext(context);
    }

    PcscAnswer listReaders(std::vector<std::string>& readers) override
    {
        readers.clear();
        DWORD size = 0;
        LONG code = SCardListReaders(m_context, nullptr, nullptr, &size);
        std::string names(size, '\0');
        if (code == SCARD_S_SUCCESS)
            code = SCardListReaders(m_context, nullptr, names.data(), &size);
        // Plugged in between the two calls: the next look will find it.
        if (static_cast<std::uint32_t>(code) == static_cast<std::uint32_t>(SCARD_E_INSUFFICIENT_BUFFER))
            return {PcscOutcome::UnknownReader, pcsc_stringify_error(code)};
        if (code != SCARD_S_SUCCESS)
            return answerOf(code);
        for (std::size_t start = 0; start < size && names[start] != '\0';) {
            readers.emplace_back(names.c_str() + start);
            start += readers.back().size() + 1;
        }
        return {};
    }

    PcscAnswer waitForChange(std::chrono::milliseconds atMost, std::vector<ReaderState>& readers) override
    {
        std::vector<SCARD_READERSTATE> states(readers.size() + 1);
        states[0].szReader = AnyReader;
        states[0].dwCurrentState = static_cast<DWORD>(readers.size()) << 16U;
        for (std::size_t i = 0; i < readers.size(); ++i) {
            states[i + 1].szReader = readers[i].reader.c_str();
            states[i + 1].dwCurrentState = readers[i].known;
        }
        const LONG code =
            SCardGetStatusChange(m_context, static_cast<DWORD>(atMost.count()), states.data(), states.size());
        for (std::size_t i = 0; i < readers.size(); ++i)
            readers[i].seen = static_cast<std::uint32_t>(states[i + 1].dwEventState);
        return answerOf(code);
    }

    void cancel() override
    {
        if (const SCARDCONTEXT context = m_context)
            SCardCancel(context);
    }

    base::Result<std::unique_ptr<CardChannel>> connect(const std::string& reader) override
    {
        SCARDHANDLE card = 0;
        DWORD protocol = 0;
        const LONG code = SCardConnect(
            m_context, reader.c_str(), SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol);
        if (code != SCARD_S_SUCCESS)
            return cardError(code, "connecting to the card in reader " + reader);
        return std::unique_ptr<CardChannel>(std::make_unique<SystemChannel>(card, protocol));
    }

private:
    std::atomic<SCARDCONTEXT> m_context = 0;
};

}

std::unique_ptr<Pcsc> systemPcsc()
{
    return std::make_unique<SystemPcsc>();
}

}
