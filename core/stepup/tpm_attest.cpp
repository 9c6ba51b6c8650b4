#include "core/stepup/tpm_attest.h"

#include <algorithm>
#include <string>

namespace stepup {

namespace {

using base::Errc;
using base::Error;

constexpr std::uint32_t GeneratedValue = 0xff544347; // TPM_GENERATED_VALUE: never the start of what a caller has signed
constexpr std::uint16_t AttestQuote = 0x8018; // TPM_ST_ATTEST_QUOTE
constexpr std::uint16_t AlgorithmSha256 = 0x000b; // TPM_ALG_SHA256
constexpr std::size_t LargestName = 66; // TPM2B_NAME, TPM2B_DATA: an algorithm and SHA-512
constexpr std::uint8_t SelectionSize = 3; // bytes of a bit for each of 24 registers

/// Big-endian, and nothing behind the end.
class Reader {
public:
    explicit Reader(ByteView bytes)
        : m_rest(bytes)
    {
    }

    std::uint64_t number(std::size_t size)
    {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(size))
            value = value << 8U | byte;
        return value;
    }
    ByteView sized(std::size_t largest)
    {
        const auto size = static_cast<std::size_t>(number(2));
        if (size > largest)
            m_failed = true;
        return take(size);
    }
    ByteView take(std::size_t size)
    {
        if (m_failed || size > m_rest.size()) {
            m_failed = true;
            return {};
        }
        const ByteView taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool complete() const { return !m_failed && m_rest.empty(); }

private:
    ByteView m_rest;
    bool m_failed = false;
};

Error malformedAttest(const char* what)
{
    return {Errc::InvalidInput, std::string("the TPM's statement ") + what};
}

std::vector<std::uint8_t> selected(ByteView bits)
{
    std::vector<std::uint8_t> pcrs;
    for (std::uint8_t pcr = 0; pcr < PcrCount && pcr / 8U < bits.size(); ++pcr)
        if ((bits[pcr / 8U] >> (pcr % 8U) & 1U) != 0)
            pcrs.push_back(pcr);
    return pcrs;
}

}

base::Result<TpmAttest> parseTpmAttest(ByteView bytes)
{
    if (bytes.size() > MaxAttestSize)
        return malformedAttest("has more than 512 bytes");
    Reader reader(bytes);
    if (reader.number(4) != GeneratedValue || reader.failed())
        return malformedAttest("was not made by a TPM: its first bytes are others");
    if (reader.number(2) != AttestQuote || reader.failed())
        return malformedAttest("is no quote");
    TpmAttest attest;
    reader.sized(LargestName); // qualifiedSigner
    const ByteView nonce = reader.sized(LargestName);
    attest.nonce.assign(nonce.begin(), nonce.end());
    attest.clock = reader.number(8);
    reader.take(8); // resetCount, restartCount
    if (reader.number(1) > 1)
        return malformedAttest("is malformed: TPMI_YES_NO is 0 or 1");
    reader.take(8); // firmwareVersion: what the maker likes
    if (reader.number(4) != 1 || reader.number(2) != AlgorithmSha256 || reader.number(1) != SelectionSize)
        return malformedAttest("does not quote the registers of the SHA-256 bank alone, or is cut off");
    attest.pcrs = selected(reader.take(SelectionSize));
    const ByteView digest = reader.sized(attest.pcrDigest.size());
    if (!reader.complete() || digest.size() != attest.pcrDigest.size())
        return malformedAttest("is cut off or has bytes left over");
    if (attest.pcrs.empty())
        return malformedAttest("quotes no register");
    std::copy(digest.begin(), digest.end(), attest.pcrDigest.begin());
    return attest;
}

}
