#include "tests/gui/gallery_scene.h"
#include "tests/gui/token_rig.h"

#include <QRadioButton>

namespace gallery {

namespace {

using support::Answers;
using support::TokenTable;

using TableSetup = std::function<void(TokenTable&)>;

/// With a table of cards and keys beside the window.
Setup with(TableSetup setup)
{
    return [setup](Scene& s) {
        auto table = std::make_shared<TokenTable>(s.rig);
        s.more = table;
        setup(*table);
        DeskRig::settleLayout();
    };
}

void enrolled(TokenTable& t)
{
    t.cards.certify(t.desk.desk.clock.utc() + std::chrono::days(340));
    t.keys.key.pin = rfq::PluggedKey::Pin::Set;
    t.keys.key.triesLeft = 8;
    t.keys.pin = "4711";
}

/// Signed in, with two keys at a counterparty.
void atVenue(TokenTable& t)
{
    t.desk.open();
    t.cards.isIn = t.keys.isIn = false;
    t.keys.venues = {support::VenueX};
    t.keys.enrolTwo(t.desk.desk.clock.utc());
    t.tokens.open();
}

void refusing(TokenTable& t, rfq::KeyFailure failure)
{
    enrolled(t);
    t.keys.refuses = std::move(failure);
    t.tokens.open();
    t.click(u"keyEnrol-0"_s);
    t.type(u"keyName"_s, u"jane.doe"_s);
    t.type(u"keyPin"_s, u"4711"_s);
    t.click(u"keyAct"_s);
}

void openWizard(TokenTable& t)
{
    t.tokens.open();
    t.click(u"cardCertificate-0"_s);
}

}

States tokenManagerStates()
{
    return {
        {u"manager-empty"_s, with([](TokenTable& t) {
             t.cards.isIn = t.keys.isIn = false;
             t.tokens.open();
         })},
        {u"manager-looking"_s, with([](TokenTable& t) {
             t.cards.answers.mode = t.keys.answers.mode = Answers::Mode::WhenTold;
             t.tokens.open();
         })},
        {u"manager-new"_s, with([](TokenTable& t) {
             t.cards.card.factoryPin = true;
             t.tokens.open();
         })},
        {u"manager-unseen"_s, with([](TokenTable& t) {
             t.cards.card.unseen =
                 "slot 9a of the card in Generic USB Smart Card Reader 00 00 holds the certificate of "
                 "CN=trader-7,O=Example Capital, which PKCS#11 PIV Library (SP-800-73) does not show: use OpenSC's "
                 "module (opensc-pkcs11.so), which knows cards of every maker";
             t.cards.card.unseenWhy = rfq::UnseenCertificate::OtherMaker;
             t.keys.isIn = false;
             t.tokens.open();
         })},
        {u"manager-normal"_s, with([](TokenTable& t) {
             enrolled(t);
             t.desk.open();
             t.cards.card.signedIn = true;
             t.tokens.open();
         })},
        {u"manager-venue-keys"_s, with([](TokenTable& t) {
             enrolled(t);
             t.desk.open();
             t.cards.isIn = false;
             t.keys.venues = {support::VenueX};
             t.keys.enrolTwo(t.desk.desk.clock.utc());
             t.keys.venueKeys.back().countsHere = false;
             t.tokens.open();
         })},
        {u"manager-venue-rename"_s, with([](TokenTable& t) {
             atVenue(t);
             t.click(u"venue-0-1Rename"_s);
         })},
        {u"manager-venue-remove"_s, with([](TokenTable& t) {
             atVenue(t);
             t.keys.answers.mode = Answers::Mode::WhenTold;
             t.click(u"venue-0-1Remove"_s);
         })},
        {u"manager-venue-last"_s, with([](TokenTable& t) {
             atVenue(t);
             t.keys.changeRefused =
                 rfq::KeyFailure{"not-approved", "No security key of yours has approved it: nothing was changed.",
                     "Have one of your other enrolled keys at hand and start again.", {}, false, "cancelled"};
             t.click(u"venue-0-1Remove"_s);
         })},
        {u"manager-expiring"_s, with([](TokenTable& t) {
             enrolled(t);
             t.cards.certify(t.desk.desk.clock.utc() + 20h);
             t.tokens.open();
         })},
        {u"manager-blocked"_s, with([](TokenTable& t) {
             enrolled(t);
             t.cards.card.pin = rfq::PinState{0, false, true};
             t.keys.key.triesLeft = 0;
             t.tokens.open();
         })},
        {u"manager-error"_s, with([](TokenTable& t) {
             t.cards.problem = base::Error{base::Errc::TokenModule, "/usr/lib/none.so is not there"};
             t.cards.card.isPiv = false;
             t.keys.key.problem = "the key does not answer";
             t.tokens.open();
         })},
        {u"pin-change"_s, with([](TokenTable& t) {
             t.tokens.open();
             t.click(u"cardPin-0"_s);
             t.setPin(u"000000"_s, u"918273"_s, u"918273"_s);
         })},
        {u"pin-done"_s, with([](TokenTable& t) {
             t.tokens.open();
             t.click(u"cardPin-0"_s);
             t.setPin(u"123456"_s, u"918273"_s, u"918273"_s);
         })},
        {u"pin-unblock"_s, with([](TokenTable& t) {
             t.cards.card.pin = rfq::PinState{0, false, true};
             t.tokens.open();
             t.click(u"cardUnblock-0"_s);
         })},
        {u"pin-last-puk"_s, with([](TokenTable& t) {
             t.cards.card.pin = rfq::PinState{0, false, true};
             t.tokens.open();
             t.click(u"cardUnblock-0"_s);
             for (int i = 0; i < 2; ++i)
                 t.setPin(u"00000000"_s, u"918273"_s, u"918273"_s);
         })},
        {u"pin-key"_s, with([](TokenTable& t) {
             t.tokens.open();
             t.click(u"keyPin-0"_s);
         })},
        {u"wizard-request"_s, with([](TokenTable& t) {
             openWizard(t);
             t.type(u"wizardName"_s, u"CN=trader-7,O=Example Capital"_s);
             t.type(u"wizardPin"_s, u"123456"_s);
         })},
        {u"wizard-requested"_s, with([](TokenTable& t) {
             openWizard(t);
             t.type(u"wizardName"_s, u"CN=trader-7,O=Example Capital"_s);
             t.type(u"wizardPin"_s, u"123456"_s);
             t.click(u"wizardAct"_s);
         })},
        {u"wizard-busy"_s, with([](TokenTable& t) {
             openWizard(t);
             t.cards.answers.mode = Answers::Mode::WhenTold;
             t.type(u"wizardName"_s, u"CN=trader-7,O=Example Capital"_s);
             t.type(u"wizardPin"_s, u"123456"_s);
             t.click(u"wizardAct"_s);
         })},
        {u"wizard-refused"_s, with([](TokenTable& t) {
             t.cards.factoryKey = false;
             openWizard(t);
             t.click(u"wayInstall"_s);
             t.click(u"wizardChoose"_s);
             t.type(u"wizardPin"_s, u"123456"_s);
             t.click(u"wizardAct"_s);
             t.click(u"wizardFactoryKey"_s);
         })},
        {u"wizard-placed"_s, with([](TokenTable& t) {
             openWizard(t);
             t.click(u"wayInstall"_s);
             t.click(u"wizardChoose"_s);
             t.type(u"wizardPin"_s, u"123456"_s);
             t.click(u"wizardAct"_s);
         })},
        {u"wizard-online"_s, with([](TokenTable& t) {
             t.cards.online = true;
             t.cards.certify(t.desk.desk.clock.utc() + std::chrono::days(12));
             openWizard(t);
             t.click(u"wayEnrol"_s);
         })},
        {u"key-enrol"_s, with([](TokenTable& t) {
             enrolled(t);
             t.tokens.open();
             t.click(u"keyEnrol-0"_s);
             t.type(u"keyName"_s, u"jane.doe"_s);
         })},
        {u"key-touch"_s, with([](TokenTable& t) {
             enrolled(t);
             t.tokens.open();
             t.click(u"keyEnrol-0"_s);
             t.keys.answers.mode = Answers::Mode::WhenTold;
             t.type(u"keyName"_s, u"jane.doe"_s);
             t.type(u"keyPin"_s, u"4711"_s);
             t.click(u"keyAct"_s);
             t.keys.blink(24s);
         })},
        {u"key-enrolled"_s, with([](TokenTable& t) {
             enrolled(t);
             t.tokens.open();
             t.click(u"keyEnrol-0"_s);
             t.type(u"keyName"_s, u"jane.doe"_s);
             t.type(u"keyPin"_s, u"4711"_s);
             t.click(u"keyAct"_s);
         })},
        {u"key-finger"_s, with([](TokenTable& t) {
             refusing(t,
                 {"fingerprint-blocked", "The security key takes no fingerprint any more until its PIN was given.",
                     "Start over and give the key's PIN; then it takes fingerprints again.", {}, false,
                     "FIDO_ERR_UV_BLOCKED"});
         })},
        {u"key-damaged"_s, with([](TokenTable& t) {
             refusing(t,
                 {"damaged", "What the security key keeps is damaged.",
                     "Use your second key and tell IT. This key must be reset, which erases it, and enrolled again.",
                     {}, false, "CTAP 0x3d"});
         })},
        {u"key-wrong-pin"_s, with([](TokenTable& t) {
             enrolled(t);
             t.tokens.open();
             t.click(u"keyEnrol-0"_s);
             t.type(u"keyName"_s, u"jane.doe"_s);
             t.type(u"keyPin"_s, u"0000"_s);
             t.click(u"keyAct"_s);
         })},
    };
}

}
