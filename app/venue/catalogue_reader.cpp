#include "app/venue/catalogue_reader.h"

#include "app/venue/built_in_catalogue.h"

#include <utility>

namespace venue {

namespace {

using namespace std::chrono_literals;

RequestLimits readRequests(const store::TomlTable& table)
{
    RequestLimits limits;
    limits.usualLife = table.optional("usual_life").duration(1s, 24h).value_or(limits.usualLife);
    limits.longestLife = table.optional("longest_life").duration(1s, 24h).value_or(limits.longestLife);
    limits.longestForwardDays =
        static_cast<int>(table.optional("longest_forward_days").integer(0, 3'650).value_or(limits.longestForwardDays));
    limits.mostOpen = static_cast<std::size_t>(
        table.optional("most_open").integer(1, 10'000).value_or(static_cast<std::int64_t>(limits.mostOpen)));
    for (const rfq::Date holiday : table.optional("holidays").dates().value_or(std::vector<rfq::Date>{}))
        limits.holidays.insert(holiday);
    return limits;
}

base::Result<Catalogue> read(const store::TomlDocument& document)
{
    Catalogue catalogue;
    catalogue.requests = readRequests(document.root().table("requests"));
    catalogue.market = readMarket(document.root());
    catalogue.dealers = readDealers(document.root(), catalogue.market);
    if (const base::Status status = document.finish(); !status)
        return status.error();
    return catalogue;
}

}

base::Result<Catalogue> readCatalogue(const std::filesystem::path& file)
{
    const base::Result<store::TomlDocument> document = store::TomlDocument::open(file);
    return document ? read(document.value()) : document.error();
}

base::Result<Catalogue> builtInCatalogue()
{
    const base::Result<store::TomlDocument> document =
        store::TomlDocument::parse(builtInCatalogueText(), "(built-in dealers.toml)");
    return document ? read(document.value()) : document.error();
}

}
