#pragma once

#include "core/fix/maker_codec.h"
#include "core/fix/tags.h"
#include "tests/session/loopback.h"

namespace session_test {

/// A session over which one quote was accepted; what became of it is for the test to say.
class DealtSession : public Loopback {
protected:
    /// Logs on, accepts a quote as C1 and waits until the venue has it.
    void deal()
    {
        logOn();
        accept();
    }
    void accept()
    {
        command = acceptance(quoted("R1", "Q1"));
        desk->send(command);
        const auto event = deskEvents.next<rfq::AcceptanceSent>();
        ASSERT_TRUE(event);
        sent = *event;
        ASSERT_TRUE(clientMessage("D"));
    }
    void ask(rfq::Inquiry inquiry) { desk->send(rfq::AskOutcome{command.acceptance, inquiry, sent.theirNext}); }
    void ask(rfq::Inquiry inquiry, const std::string& clOrdId)
    {
        rfq::AskOutcome question{command.acceptance, inquiry, sent.theirNext};
        question.acceptance.id = rfq::ClOrdId(clOrdId);
        desk->send(question);
    }
    /// The next message of that kind as the venue understands it.
    template <typename T>
    T heard(const std::string& type)
    {
        const auto message = clientMessage(type);
        const auto request =
            message ? fix::maker::decode(*message) : base::Result<fix::maker::ClientRequest>(base::Error{});
        if (!message || !request || !std::holds_alternative<T>(*request)) {
            ADD_FAILURE() << type << (message ? " is not understood: " + fix::readable(*message) : " did not come");
            return {};
        }
        return std::get<T>(*request);
    }
    void answer(const fix::maker::ReportOut& report) { venue->send(clientSession, fix::maker::encode(report)); }
    /// A report about the acceptance, as the venue would answer a status request.
    [[nodiscard]] rfq::ExecutionReport status(char ordStatus, const std::string& filled) const
    {
        rfq::ExecutionReport report;
        report.clOrdId = command.acceptance.id;
        report.orderId = rfq::OrderId("O1");
        report.execId = rfq::ExecId("0");
        report.execType = 'I';
        report.ordStatus = ordStatus;
        report.symbol = "EUR/USD";
        report.side = rfq::Side::Buy;
        report.currency = "EUR";
        report.quantity = command.acceptance.quantity;
        report.cumQty = *rfq::Decimal::parse(filled);
        report.avgPx = command.acceptance.price;
        return report;
    }
    void fill()
    {
        rfq::ExecutionReport report = status('2', "25000000");
        report.execId = rfq::ExecId("E1");
        report.execType = 'F';
        report.lastPx = report.avgPx;
        report.lastQty = report.cumQty;
        answer({.report = report});
    }
    std::size_t acceptancesHeard()
    {
        return venueEvents.count<fix::ClientMessage>(
            [](const fix::ClientMessage& message) { return message.message.type == "D"; });
    }

    rfq::SendAcceptance command;
    rfq::AcceptanceSent sent;
};

}
