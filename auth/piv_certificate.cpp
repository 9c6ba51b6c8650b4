#include "auth/piv_certificate.h"

#include "auth/piv_commands.h"

#include <openssl/err.h>

#include <algorithm>
#include <optional>
#include <zlib.h>

namespace auth {

namespace {

/// Bits of CertInfo: as SP 800-73-4 (part 1, table 39) has it, and as cards of both readings of that table set it.
constexpr std::uint8_t Compressed = 0x01 | 0x40 | 0x80;

/// RFC 1952, or RFC 1950, which some tools write instead. Absent: it is neither, it is cut off, or it holds more than a
/// card has room for: a few bytes that unpack to gigabytes cost no more than that.
std::optional<PivBytes> unpacked(PivView packed)
{
    constexpr int eitherFormat = 32;
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + eitherFormat) != Z_OK)
        return std::nullopt;
    PivBytes plain(LargestPivCertificate + 1);
    stream.next_in = const_cast<Bytef*>(packed.data()); // the interface predates const; it only reads
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = plain.data();
    stream.avail_out = static_cast<uInt>(plain.size());
    const int ended = inflate(&stream, Z_FINISH);
    plain.resize(plain.size() - stream.avail_out);
    inflateEnd(&stream);
    return ended == Z_STREAM_END ? std::optional(std::move(plain)) : std::nullopt;
}

PivCertificate flawed(const char* why)
{
    PivCertificate none;
    none.flaw = why;
    return none;
}

}

tls::CertificatePtr pivCertificateOf(std::span<const std::uint8_t> der)
{
    const unsigned char* start = der.data();
    tls::CertificatePtr certificate(der.empty() || der.size() > LargestPivCertificate
            ? nullptr
            : d2i_X509(nullptr, &start, static_cast<long>(der.size())));
    ERR_clear_error();
    return certificate;
}

base::Result<PivCertificate> readPivCertificate(CardChannel& card)
{
    const auto found = readPivObject(card, PivCertificateObject);
    if (!found)
        return found.error();
    if (!isPivData(*found))
        return flawed("it is damaged");
    const PivView content = pivValue(*found, 0x70);
    if (content.empty())
        return PivCertificate{};
    const PivView information = pivValue(*found, 0x71);
    PivCertificate read;
    read.isCompressed = !information.empty() && (information[0] & Compressed) != 0;
    if (!read.isCompressed) {
        read.certificate = pivCertificateOf(content);
        return read.certificate ? std::move(read) : flawed("it cannot be read, or is larger than 8192 bytes");
    }
    if (const auto plain = unpacked(content))
        read.certificate = pivCertificateOf(*plain);
    return read.certificate ? std::move(read) : flawed("it is compressed and cannot be unpacked");
}

}
