#include "core/audit/head.h"

#include "core/audit/record_text.h"
#include "core/audit/time_text.h"
#include "core/store/durable_file.h"

#include <fstream>
#include <sstream>

namespace audit {

namespace {

using base::Errc;
using base::Error;

/// Behind what stands of a line whose writing was cut off, once there is a line after it. Nobody who can only append
/// can put it behind a whole line.
constexpr std::string_view TornMark = " torn";

constexpr std::string_view HeadHeading = "countersign.audit.head.v1";

Error malformedHead(const std::string& what)
{
    return {Errc::InvalidInput, what};
}

/// The value of "name=value\n" at the front of `text`, which loses it; empty where there is something else.
std::string take(std::string_view& text, std::string_view name)
{
    const auto end = text.find('\n');
    if (end == std::string_view::npos || text.substr(0, name.size()) != name || text.substr(name.size(), 1) != "=")
        return {};
    std::string value(text.substr(name.size() + 1, end - name.size() - 1));
    text.remove_prefix(end + 1);
    return value;
}

base::Result<SignedHead> parseAnchorLine(const std::string& line)
{
    std::istringstream words(line);
    std::string number;
    std::string hash;
    std::string time;
    std::string key;
    std::string signature;
    words >> number >> hash >> time >> key >> signature;
    Head head;
    head.number = parseNumber(number.empty() ? "0" : number);
    const auto hashBytes = bytesOfHex(hash);
    const auto parsedHash = hashBytes ? hashOf(*hashBytes) : std::nullopt;
    const auto parsedTime = parseTime(time);
    const auto parsedSignature = bytesOfHex(signature);
    if (head.number == 0 || !parsedHash || !parsedTime || !parsedSignature || signature.empty())
        return malformedHead("expected number, hash, time, key and signature");
    head.hash = *parsedHash;
    head.time = *parsedTime;
    head.key = key;
    if (anchorLine(head, *parsedSignature) != line + "\n")
        return malformedHead("expected one blank between number, hash, time, key and signature, and nothing else");
    return SignedHead{headStatement(head), *parsedSignature};
}

}

std::string headStatement(const Head& head)
{
    return std::string(HeadHeading) + "\nnumber=" + std::to_string(head.number) + "\nhash=" + hexOf(head.hash)
        + "\ntime=" + timeText(head.time) + "\nkey=" + head.key + "\n";
}

base::Result<Head> parseHead(std::string_view statement)
{
    const std::string_view whole = statement;
    const std::string heading = std::string(HeadHeading) + "\n";
    if (statement.substr(0, heading.size()) != heading)
        return malformedHead("not the head of an audit trail");
    statement.remove_prefix(heading.size());
    Head head;
    const std::string number = take(statement, "number");
    const auto bytes = bytesOfHex(take(statement, "hash"));
    const auto hash = bytes ? hashOf(*bytes) : std::nullopt;
    const auto time = parseTime(take(statement, "time"));
    head.key = take(statement, "key");
    head.number = number.empty() ? 0 : parseNumber(number);
    if (head.number == 0 || !hash || !time)
        return malformedHead("the head of an audit trail without number, hash or time");
    head.hash = *hash;
    head.time = *time;
    if (headStatement(head) != whole)
        return malformedHead("the head of an audit trail is not spelled as heads are");
    return head;
}

std::string anchorLine(const Head& head, const std::string& signature)
{
    return std::to_string(head.number) + " " + hexOf(head.hash) + " " + timeText(head.time) + " " + head.key + " "
        + hexOf(signature) + "\n";
}

base::Result<std::vector<SignedHead>> readAnchors(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::error_code failure;
    if (!stream || std::filesystem::is_directory(file, failure)) // which opens, and reads as if it were empty
        return Error{Errc::Io, "cannot read the anchoring file " + file.string()};
    std::vector<SignedHead> anchors;
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        if (stream.eof())
            break; // no line feed: it was being written when the power went
        if (line.ends_with(TornMark))
            continue;
        auto anchor = parseAnchorLine(line);
        if (!anchor)
            return Error{
                anchor.error().code, file.string() + ": line " + std::to_string(number) + ": " + anchor.error().detail};
        anchors.push_back(*std::move(anchor));
    }
    if (stream.bad())
        return Error{Errc::Io, "cannot read the anchoring file " + file.string() + " to its end"};
    return anchors;
}

namespace {

/// The last line has no end: the power went, or the disk was full, while it was written.
bool isTorn(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream || stream.tellg() <= 0)
        return false;
    stream.seekg(-1, std::ios::end);
    return stream.get() != '\n';
}

}

base::Status appendAnchor(const std::filesystem::path& file, const std::string& line)
{
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        if (base::Status made = store::createPrivateFile(file); !made)
            return made;
    }
    {
        const bool torn = isTorn(file);
        std::ofstream stream(file, std::ios::binary | std::ios::app);
        if (torn)
            stream << TornMark << '\n';
        stream << line << std::flush;
        if (!stream)
            return Error{Errc::Io,
                "cannot append to the anchoring file " + file.string()
                    + ": check that it is there, that it may be written and that its disk has room"};
    }
    return store::syncFile(file);
}

}
