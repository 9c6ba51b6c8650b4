#pragma once

#include "core/rfq/rfq_service.h"

#include <string>

/// Finding things in the desk by what a person typed or a dealer is called.
namespace cli {

/// Null where this desk has no acceptance of that name.
[[nodiscard]] const rfq::AcceptanceLine* findAcceptance(const rfq::RfqService& service, const rfq::ClOrdId& id);
[[nodiscard]] const rfq::Incident* findIncident(const rfq::RfqService& service, const rfq::IncidentId& id);
/// The deal that this acceptance became, of all its fills; null where there is none.
[[nodiscard]] const rfq::Trade* findTrade(const rfq::RfqService& service, const rfq::AcceptanceLine& line);
/// The telephone number of a dealer's desk; empty where none is configured.
[[nodiscard]] std::string phoneOf(const rfq::RfqService& service, const rfq::DealerId& dealer);

}
