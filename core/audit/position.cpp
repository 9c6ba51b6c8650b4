#include "core/audit/position.h"

#include "core/audit/record_text.h"
#include "core/store/durable_file.h"

#include <fstream>
#include <string>
#include <system_error>

namespace audit {

namespace {

using base::Errc;
using base::Error;
using std::filesystem::path;

constexpr const char* Heading = "countersign.audit.position.v1";

}

base::Result<Position> readPosition(const path& file)
{
    std::error_code failure;
    if (!std::filesystem::exists(file, failure) && !failure)
        return Position{};
    std::ifstream stream(file);
    if (!stream)
        return Error{Errc::Io, "cannot read " + file.string()};
    std::string heading;
    std::string number;
    std::string hex;
    stream >> heading >> number >> hex;
    Position position;
    position.number = number.empty() ? 0 : parseNumber(number);
    const auto bytes = bytesOfHex(hex);
    const auto hash = bytes ? hashOf(*bytes) : std::nullopt;
    if (heading != Heading || position.number == 0 || !hash)
        return Error{Errc::InvalidInput,
            file.string() + " does not say how far the audit trail was sent; move it away to send it from its start"};
    position.hash = *hash;
    return position;
}

base::Status writePosition(const path& file, const Position& position)
{
    const path draft = file.string() + ".new";
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    if (base::Status made = store::createPrivateFile(draft); !made)
        return made;
    {
        std::ofstream stream(draft);
        stream << Heading << " " << position.number << " " << hexOf(position.hash) << "\n" << std::flush;
        if (!stream)
            return Error{Errc::Io, "cannot write " + draft.string()};
    }
    if (base::Status synced = store::syncFile(draft); !synced)
        return synced;
    return store::renameDurably(draft, file);
}

}
