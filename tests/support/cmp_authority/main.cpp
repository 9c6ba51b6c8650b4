/// demo-authority CERTIFICATE.pem KEY.pem DIRECTORY INVITATIONS: answers CMP on a free port of this machine's loopback,
/// which the first line tells. INVITATIONS: a file with a line REFERENCE,SECRET,COMMON-NAME for each person; it is read
/// again for each message. What is issued lies in DIRECTORY.
#include "tests/support/cmp_authority/authority.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using cmp_authority::Authority;
using cmp_authority::Invitation;

constexpr std::size_t Largest = 1U << 16U;

std::map<std::string, Invitation> invitationsIn(const std::string& file)
{
    std::map<std::string, Invitation> found;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream parts(line);
        std::string reference;
        Invitation invitation;
        if (std::getline(parts, reference, ',') && std::getline(parts, invitation.secret, ',')
            && std::getline(parts, invitation.commonName))
            found[reference] = invitation;
    }
    return found;
}

/// The body of a POST; absent where there is none.
std::optional<std::vector<std::uint8_t>> bodyOf(int connection)
{
    std::string text;
    std::size_t begin = std::string::npos;
    std::size_t length = 0;
    char piece[4096];
    while (begin == std::string::npos || text.size() < begin + length) {
        const ssize_t size = read(connection, piece, sizeof piece);
        if (size <= 0 || text.size() > Largest)
            return std::nullopt;
        text.append(piece, static_cast<std::size_t>(size));
        const auto end = begin == std::string::npos ? text.find("\r\n\r\n") : std::string::npos;
        if (end == std::string::npos)
            continue;
        begin = end + 4;
        std::string header = text.substr(0, end);
        std::transform(header.begin(), header.end(), header.begin(), [](unsigned char c) { return std::tolower(c); });
        const auto at = header.find("content-length:");
        const auto digits = at == std::string::npos ? at : header.find_first_of("0123456789", at);
        if (header.rfind("post ", 0) != 0 || digits == std::string::npos)
            return std::nullopt;
        std::from_chars(header.data() + digits, header.data() + header.size(), length);
        if (length > Largest)
            return std::nullopt;
    }
    return std::vector<std::uint8_t>(
        text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(begin + length));
}

void send(int connection, const std::string& text)
{
    for (std::size_t sent = 0; sent < text.size();) {
        const ssize_t size = ::send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (size <= 0)
            return;
        sent += static_cast<std::size_t>(size);
    }
}

void serve(int connection, Authority& authority)
{
    const auto body = bodyOf(connection);
    const auto answer = body
        ? authority.answer(*body)
        : base::Result<std::vector<std::uint8_t>>(base::Error{base::Errc::InvalidInput, "no POST"});
    if (!answer)
        return send(connection, "HTTP/1.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    send(connection,
        "HTTP/1.0 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Length: " + std::to_string(answer->size())
            + "\r\n\r\n" + std::string(answer->begin(), answer->end()));
}

int listenOnLoopback()
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 16) != 0
        || getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return -1;
    std::cout << "listening on http://127.0.0.1:" << ntohs(address.sin_port) << "/pkix/" << std::endl;
    return listener;
}

}

int main(int count, char** words)
{
    if (count != 5) {
        std::cerr << "usage: demo-authority CERTIFICATE.pem KEY.pem DIRECTORY INVITATIONS" << std::endl;
        return 64;
    }
    const auto authority = Authority::open(words[1], words[2], words[3]);
    if (!authority) {
        std::cerr << "demo-authority: " << authority.error().detail << std::endl;
        return 78;
    }
    const int listener = listenOnLoopback();
    if (listener < 0) {
        std::cerr << "demo-authority: no port can be opened on the loopback" << std::endl;
        return 69;
    }
    for (;;) {
        const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        (*authority)->invite(invitationsIn(words[4]));
        serve(connection, **authority);
        close(connection);
    }
}
