#pragma once

/// Field numbers of the messages we read and write (FIX 4.4, volume 6), under their specification names.
namespace fix {

/// What ends a field on the wire.
inline constexpr char Soh = '\x01';

}

namespace fix::tag {

inline constexpr int Account = 1;
inline constexpr int AvgPx = 6;
inline constexpr int BeginSeqNo = 7;
inline constexpr int BeginString = 8;
inline constexpr int BodyLength = 9;
inline constexpr int CheckSum = 10;
inline constexpr int ClOrdId = 11;
inline constexpr int CumQty = 14;
inline constexpr int Currency = 15;
inline constexpr int EndSeqNo = 16;
inline constexpr int ExecId = 17;
inline constexpr int ExecRefId = 19;
inline constexpr int HandlInst = 21;
inline constexpr int LastPx = 31;
inline constexpr int LastQty = 32;
inline constexpr int MsgSeqNum = 34;
inline constexpr int MsgType = 35;
inline constexpr int NewSeqNo = 36;
inline constexpr int OrderId = 37;
inline constexpr int OrderQty = 38;
inline constexpr int OrdStatus = 39;
inline constexpr int OrdType = 40;
inline constexpr int PossDupFlag = 43;
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
inline constexpr int TradeDate = 75;
inline constexpr int RawDataLength = 95;
inline constexpr int RawData = 96;
inline constexpr int EncryptMethod = 98;
inline constexpr int OrdRejReason = 103;
inline constexpr int Issuer = 106;
inline constexpr int HeartBtInt = 108;
inline constexpr int TestReqId = 112;
inline constexpr int QuoteId = 117;
inline constexpr int OrigSendingTime = 122;
inline constexpr int GapFillFlag = 123;
inline constexpr int ExpireTime = 126;
inline constexpr int DkReason = 127;
inline constexpr int QuoteReqId = 131;
inline constexpr int BidPx = 132;
inline constexpr int OfferPx = 133;
inline constexpr int BidSize = 134;
inline constexpr int OfferSize = 135;
inline constexpr int ResetSeqNumFlag = 141;
inline constexpr int NoRelatedSym = 146;
inline constexpr int ExecType = 150;
inline constexpr int LeavesQty = 151;
inline constexpr int CashOrderQty = 152;
inline constexpr int SecurityType = 167;
inline constexpr int SubscriptionRequestType = 263;
inline constexpr int NoQuoteEntries = 295;
inline constexpr int QuoteStatus = 297;
inline constexpr int QuoteCancelType = 298;
inline constexpr int QuoteRejectReason = 300;
inline constexpr int QuoteRequestType = 303;
inline constexpr int RefTagId = 371;
inline constexpr int RefMsgType = 372;
inline constexpr int SessionRejectReason = 373;
inline constexpr int BusinessRejectRefId = 379;
inline constexpr int BusinessRejectReason = 380;
inline constexpr int PartyIdSource = 447;
inline constexpr int PartyId = 448;
inline constexpr int PartyRole = 452;
inline constexpr int NoPartyIds = 453;
inline constexpr int Product = 460;
inline constexpr int TradeReportTransType = 487;
inline constexpr int QuoteType = 537;
inline constexpr int NoSides = 552;
inline constexpr int Username = 553;
inline constexpr int Password = 554;
inline constexpr int TradeRequestId = 568;
inline constexpr int TradeRequestType = 569;
inline constexpr int PreviouslyReported = 570;
inline constexpr int TradeReportId = 571;
inline constexpr int NoDates = 580;
inline constexpr int MassStatusReqId = 584;
inline constexpr int MassStatusReqType = 585;
inline constexpr int QuoteStatusReqId = 649;
inline constexpr int QuoteRequestRejectReason = 658;
inline constexpr int QuoteRespId = 693;
inline constexpr int QuoteRespType = 694;
inline constexpr int TotNumTradeReports = 748;
inline constexpr int TradeRequestResult = 749;
inline constexpr int TradeRequestStatus = 750;
inline constexpr int NextExpectedMsgSeqNum = 789;
inline constexpr int OrdStatusReqId = 790;
inline constexpr int TradeReportType = 856;
inline constexpr int TotNumReports = 911;
inline constexpr int LastRptRequested = 912;
inline constexpr int UserRequestId = 923;
inline constexpr int UserRequestType = 924;
inline constexpr int NewPassword = 925;
inline constexpr int UserStatus = 926;
inline constexpr int UserStatusText = 927;
inline constexpr int EncryptedPassword = 1402;
inline constexpr int EncryptedNewPassword = 1404;
/// Of ours, in the range for agreements between firms: the sealed grant of an armed ticket (docs/step-up-dialect.md).
inline constexpr int StepUpGrant = 20096;

}
