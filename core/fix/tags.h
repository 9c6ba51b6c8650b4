#pragma once

/// Field numbers of the messages we read and write (FIX 4.4, volume 6), under their specification names.
namespace fix::tag {

inline constexpr int Account = 1;
inline constexpr int AvgPx = 6;
inline constexpr int CheckSum = 10;
inline constexpr int ClOrdId = 11;
inline constexpr int CumQty = 14;
inline constexpr int Currency = 15;
inline constexpr int ExecId = 17;
inline constexpr int HandlInst = 21;
inline constexpr int LastPx = 31;
inline constexpr int LastQty = 32;
inline constexpr int MsgType = 35;
inline constexpr int OrderId = 37;
inline constexpr int OrderQty = 38;
inline constexpr int OrdStatus = 39;
inline constexpr int OrdType = 40;
inline constexpr int Price = 44;
inline constexpr int RefSeqNum = 45;
inline constexpr int SenderCompId = 49;
inline constexpr int SendingTime = 52;
inline constexpr int Side = 54;
inline constexpr int Symbol = 55;
inline constexpr int TargetCompId = 56;
inline constexpr int Text = 58;
inline constexpr int TimeInForce = 59;
inline constexpr int TransactTime = 60;
inline constexpr int ValidUntilTime = 62;
inline constexpr int SettlType = 63;
inline constexpr int SettlDate = 64;
inline constexpr int RawData = 96;
inline constexpr int OrdRejReason = 103;
inline constexpr int Issuer = 106;
inline constexpr int QuoteId = 117;
inline constexpr int ExpireTime = 126;
inline constexpr int QuoteReqId = 131;
inline constexpr int BidPx = 132;
inline constexpr int OfferPx = 133;
inline constexpr int BidSize = 134;
inline constexpr int OfferSize = 135;
inline constexpr int NoRelatedSym = 146;
inline constexpr int ExecType = 150;
inline constexpr int LeavesQty = 151;
inline constexpr int CashOrderQty = 152;
inline constexpr int SecurityType = 167;
inline constexpr int NoQuoteEntries = 295;
inline constexpr int QuoteStatus = 297;
inline constexpr int QuoteCancelType = 298;
inline constexpr int QuoteRejectReason = 300;
inline constexpr int QuoteRequestType = 303;
inline constexpr int RefMsgType = 372;
inline constexpr int SessionRejectReason = 373;
inline constexpr int BusinessRejectRefId = 379;
inline constexpr int BusinessRejectReason = 380;
inline constexpr int PartyIdSource = 447;
inline constexpr int PartyId = 448;
inline constexpr int PartyRole = 452;
inline constexpr int NoPartyIds = 453;
inline constexpr int Product = 460;
inline constexpr int QuoteType = 537;
inline constexpr int Password = 554;
inline constexpr int QuoteRequestRejectReason = 658;
inline constexpr int QuoteRespId = 693;
inline constexpr int QuoteRespType = 694;
inline constexpr int NewPassword = 925;
inline constexpr int EncryptedPassword = 1402;
inline constexpr int EncryptedNewPassword = 1404;

}
