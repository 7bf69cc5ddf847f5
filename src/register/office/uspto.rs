//! The US office: its status codes, drawing codes and words.

use super::OfficeWords;
use crate::mark::LegalStatus::{self, Expired, Pending, Refused, Registered, Removed, Unknown, Withdrawn};
use crate::mark::{MarkKind, MarkType};

/// The words of its search page, and those that stand beside the codes in its answers on single cases.
pub(crate) const WORDS: OfficeWords = OfficeWords {
    statuses: &[
        ("abandoned", Withdrawn),
        ("expired", Expired),
        ("cancel", Removed),
        ("surrender", Removed),
        ("refus", Refused),
        ("registered", Registered),
        ("renewed", Registered),
        ("pending", Pending),
        ("live", Pending),
        // Over, whatever ended it.
        ("dead", Removed),
    ],
    kinds: &[
        ("standard character", MarkKind::Word),
        ("typeset", MarkKind::Word),
        ("stylized", MarkKind::Word),
        ("without any words", MarkKind::Figurative),
        ("includes word", MarkKind::Combined),
        ("with word", MarkKind::Combined),
        ("illustration", MarkKind::Combined),
        ("no drawing", MarkKind::Other),
        ("sound", MarkKind::Other),
    ],
    types: &[("collective", MarkType::Collective), ("trademark", MarkType::Trade), ("service", MarkType::Service)],
};

/// The status that a code means, and the office's words: the code and its text.
pub(crate) fn status(code: &str) -> (Option<LegalStatus>, Option<String>) {
    if code.is_empty() {
        return (None, None);
    }
    let found = code.parse().ok().and_then(|number: u16| STATUSES.binary_search_by_key(&number, |&(known, ..)| known).ok());
    match found {
        Some(index) => {
            let (_, status, text) = STATUSES[index];
            (Some(status), Some(format!("{code} {text}")))
        }
        None => (None, Some(code.to_owned())),
    }
}

/// What a drawing code says of the sign: its first digit, the others are zeros.
pub(crate) fn kind(code: &str) -> Option<MarkKind> {
    match code.as_bytes().first()? {
        // Typeset words, words in standard characters, words in stylized letters.
        b'1' | b'4' | b'5' => Some(MarkKind::Word),
        b'2' => Some(MarkKind::Figurative),
        b'3' => Some(MarkKind::Combined),
        // What can't be drawn: sounds, scents.
        b'6' => Some(MarkKind::Other),
        _ => None,
    }
}

/// The office's status codes in rising order, what they mean to us, and its text to each.
///
/// They follow the office's own division into live and dead, pending, registered, abandoned, cancelled and
/// expired, but for these: 603, 604 and 901 are refusals, made final by a decision or the lapse of time, as is
/// 632, which was never given a filing date; 610 was ended against the applicant's will; 717 and 740 are
/// about registrations, 715 is pending again.
const STATUSES: [(u16, LegalStatus, &str); 169] = [
    (0, Unknown, "UNKNOWN"),
    (400, Removed, "IR CANCELLED; APPLICATION PENDING TRANSFORMATION"),
    (401, Removed, "IR CANCELLED - NO TRANSFORMATION FILED"),
    (402, Withdrawn, "IR CANCELLED; US APPLICATION ABANDONED"),
    (403, Removed, "IR CANCELLED; REGISTRATION PENDING TRANSFORMATION"),
    (404, Removed, "IR CANCELLED; US REGISTRATION CANCELLED"),
    (405, Removed, "IR CANCELED; APPLICATION TRANSFRMED"),
    (406, Removed, "IR CANCELLED; REGISTRATION TRANSFORMED"),
    (410, Pending, "IR RESTRICTED; US APP. ABANDONED, PENDING TRANSFORMATION"),
    (411, Withdrawn, "IR RESTRICTED; US APP. ABANDONED; NO TRANSFORMATION FILED"),
    (412, Withdrawn, "IR RESTRICTED; US APPLICATION ABANDONED"),
    (413, Pending, "IR RESTRICTED; US REG. CANCELLED PEND TRANSFORMATION"),
    (414, Removed, "IR RESTRICTED; US REG. CANCELLED; NO TRANSFORMATION FILED"),
    (415, Removed, "IR RESTRICTED; US REGISTRATION CANCELLED"),
    (416, Withdrawn, "IR RESTRICTED; US APP ABANDONED; US APP TRANSFORMED"),
    (417, Removed, "IR RESTRICTED; US REG CANCELLED; US REG TRANSFORMED"),
    (600, Withdrawn, "ABANDONED - INCOMPLETE RESPONSE"),
    (601, Withdrawn, "ABANDONED - EXPRESS"),
    (602, Withdrawn, "ABANDONED-FAILURE TO RESPOND OR LATE RESPONSE"),
    (603, Refused, "ABANDONED - AFTER EX PARTE APPEAL"),
    (604, Refused, "ABANDONED - AFTER INTER-PARTES DECISION"),
    (605, Withdrawn, "ABANDONED EXPRESS AFTER PUB"),
    (606, Withdrawn, "ABANDONED - NO STATEMENT OF USE FILED"),
    (607, Withdrawn, "ABANDONED - DEFECTIVE STATEMENT OF USE"),
    (608, Withdrawn, "ABANDONED - AFTER PETITION DECISION"),
    (609, Withdrawn, "ABANDONED - DEFECTIVE DIVIDED APPLICATION"),
    (610, Refused, "TERMINATED AFTER SANCTIONS"),
    (612, Withdrawn, "PETITION TO REVIVE-RECEIVED"),
    (614, Withdrawn, "ABANDONED PETITION TO REVIVE-DENIED"),
    (616, Pending, "REVIVED - AWAITING FURTHER ACTION"),
    (618, Withdrawn, "ABANDONED FILE - BACKFILE"),
    (620, Pending, "BACKFILE APPLICATION ADDED TO DATA BASE - STATUS NOT RECORDED"),
    (622, Unknown, "MISASSIGNED SERIAL NUMBER"),
    (624, Registered, "REGISTERED - BACKFILE"),
    (625, Registered, "REGISTRATION ADDED TO THE DATA BASE-STATUS UNCLEAR"),
    (626, Removed, "REGISTERED - BACKFILE CANCELLED OR EXPIRED"),
    (630, Pending, "NEW APPLICATION - RECORD INITIALIZED NOT ASSIGNED TO EXAMINER"),
    (631, Pending, "NEW APPLICATION - DIVIDED - INITIAL PROCESSING"),
    (632, Refused, "INFORMAL APPLICATION"),
    (638, Pending, "NEW APPLICATION - ASSIGNED TO EXAMINER"),
    (640, Pending, "NON-FINAL ACTION COUNTED - NOT MAILED"),
    (641, Pending, "NON-FINAL ACTION - MAILED"),
    (642, Pending, "INVENTORIED AS REJECTED"),
    (643, Pending, "PREVIOUS ACTION/ALLOWANCE COUNT WITHDRAWN"),
    (644, Pending, "FINAL REFUSAL COUNTED - NOT MAILED"),
    (645, Pending, "FINAL REFUSAL - MAILED"),
    (646, Pending, "EXAMINERS AMENDMENT COUNTED - NOT MAILED"),
    (647, Pending, "EXAMINERS AMENDMENT - MAILED"),
    (648, Pending, "ACTION CONTINUING FINAL COUNTED - NOT MAILED"),
    (649, Pending, "ACTION CONTINUING FINAL - MAILED"),
    (650, Pending, "SUSPENSION INQUIRY COUNTED - NOT MAILED"),
    (651, Pending, "SUSPENSION INQUIRY - MAILED"),
    (652, Pending, "SUSPENSION LETTER COUNTED - NOT MAILED"),
    (653, Pending, "SUSPENSION LETTER - MAILED"),
    (654, Pending, "REPORT COMPLETED SUSPENSION CHECK - CASE STILL SUSPENDED"),
    (655, Pending, "EXAMINER'S AMENDMENT/PRIORITY ACTION COUNTED NOT MAILED"),
    (656, Pending, "EXAMINER'S AMENDMENT/PRIORITY ACTION MAILED"),
    (657, Pending, "PRIORITY ACTION COUNTED NOT MAILED"),
    (658, Pending, "PRIORITY ACTION MAILED"),
    (659, Pending, "SUBSEQUENT FINAL REFUSAL COUNTED NOT MAILED"),
    (660, Pending, "SUBSEQUENT FINAL MAILED"),
    (661, Pending, "RESPONSE AFTER NON-FINAL ACTION - ENTERED"),
    (663, Pending, "RESPONSE AFTER FINAL REJECTION - ENTERED"),
    (664, Pending, "INVENTORIED AS AMENDED"),
    (665, Pending, "NOTICE OF UNRESPONSIVE AMENDMENT - COUNTED"),
    (666, Pending, "NOTICE OF UNRESPONSIVE AMENDMENT - MAILED"),
    (667, Pending, "REFUSAL WITHDRAWL LETTER - COUNTED"),
    (668, Pending, "REFUSAL WITHDRAWL LETTER - MAILED"),
    (672, Pending, "REINSTATED - AWAITING FURTHER ACTION"),
    (680, Pending, "APPROVED FOR PUBLICATION"),
    (681, Pending, "PUBLICATION/ISSUE REVIEW COMPLETE"),
    (682, Pending, "ADDITIONAL REVIEW COMPLETED RETURNED TO PUB CYCLE"),
    (686, Pending, "PUBLISHED FOR OPPOSITION"),
    (688, Pending, "NOTICE OF ALLOWANCE - ISSUED"),
    (689, Pending, "NOTICE OF ALLOWANCE - WITHDRAWN"),
    (690, Pending, "NOTICE OF ALLOWANCE - CANCELLED"),
    (692, Pending, "WITHDRAWN BEFORE PUBLICATION"),
    (693, Pending, "WITHDRAWN FROM ISSUE-JURISDICTION RESTORED"),
    (694, Pending, "WITHDRAWN BEFORE ISSUE"),
    (700, Registered, "REGISTERED"),
    (701, Registered, "SECTION 8-ACCEPTED"),
    (702, Registered, "SECTION 8 & 15-ACCEPTED AND ACKNOWLEDGED"),
    (703, Registered, "SECTION 15-ACKNOWLEDGED"),
    (704, Registered, "PARTIAL SECTION 8 ACCEPTED"),
    (705, Registered, "PARTIAL SECTION 8 & 15 ACCEPTED AND ACKNOWLEDGED"),
    (706, Registered, "SECTION 71 ACCEPTED"),
    (707, Registered, "PARTIAL SECTION 71 ACCEPTED"),
    (708, Registered, "PARTIAL SECTION 71 & 15 ACCEPTED AND ACKNOWLEDGED"),
    (709, Removed, "CANCELLED SECTION 71"),
    (710, Removed, "CANCELLED - SECTION 8"),
    (711, Removed, "CANCELLED - SECTION 7"),
    (712, Removed, "CANCELLED BY COURT ORDER (SECTION 37)"),
    (713, Removed, "CANCELLED - SECTION 18"),
    (714, Removed, "CANCELLED - SECTION 24"),
    (715, Pending, "CANCELLED - RESTORED TO PENDENCY"),
    (717, Registered, "REGISTERED - AWAITING DIVISIONAL FEE"),
    (718, Pending, "REQUEST FOR FIRST EXTENSION - FILED"),
    (719, Pending, "REQUEST FOR SECOND EXTENSION - FILED"),
    (720, Pending, "REQUEST FOR THIRD EXTENSION - FILED"),
    (721, Pending, "REQUEST FOR FOURTH EXTENSION - FILED"),
    (722, Pending, "REQUEST FOR FIFTH EXTENSION - FILED"),
    (724, Pending, "EXTENSION REQUEST REFUSAL - COUNTED"),
    (725, Pending, "EXTENSION REQUEST REFUSAL - MAILED"),
    (730, Pending, "FIRST EXTENSION - GRANTED"),
    (731, Pending, "SECOND EXTENSION - GRANTED"),
    (732, Pending, "THIRD EXTENSION - GRANTED"),
    (733, Pending, "FOURTH EXTENSION - GRANTED"),
    (734, Pending, "FIFTH EXTENSION - GRANTED"),
    (739, Registered, "SECTION 71 & 15 ACCEPTED AND ACKNOWLEDGED"),
    (740, Registered, "POST REGISTRATION PAPER FILED - ASSIGNED TO PARA-LEGAL"),
    (744, Pending, "STATEMENT OF USE - FILED"),
    (745, Pending, "STATEMENT OF USE - INFORMAL-LETTER MAILED"),
    (746, Pending, "STATEMENT OF USE - INFORMAL-RESPONSE ENTERED"),
    (748, Pending, "STATEMENT OF USE - TO EXAMINER"),
    (752, Pending, "SU - EXAMINER STATEMENT COUNTED - NOT MAILED"),
    (753, Pending, "SU - EXAMINER STATEMENT - MAILED"),
    (756, Pending, "EXAMINER STATEMENT COUNTED - NOT MAILED"),
    (757, Pending, "EXAMINER STATEMENT - MAILED"),
    (760, Pending, "EX PARTE APPEAL PENDING"),
    (762, Pending, "EX PARTE APPEAL TERMINATED"),
    (763, Pending, "EX PARTE APPEAL-REFUSAL AFFIRMED"),
    (764, Pending, "EX PARTE APPEAL DISMISSED AS MOOT"),
    (765, Pending, "CONCURRENT USE PROCEEDING TERMINATED-GRANTED"),
    (766, Pending, "CONCURRENT USE PROCEEDING TERMINATED-DENIED"),
    (771, Pending, "CONCURRENT USE PROCEEDING PENDING"),
    (772, Pending, "INTERFERENCE PROCEEDING PENDING"),
    (773, Pending, "EXTENSION OF TIME TO OPPOSE PROCESS - TERMINATED"),
    (774, Pending, "OPPOSITION PENDING"),
    (775, Pending, "OPPOSITION DISMISSED"),
    (777, Pending, "OPPOSITION TERMINATED-SEE TTAB RECORDS"),
    (778, Registered, "CANCELLATION DISMISSED"),
    (779, Pending, "OPPOSITION SUSTAINED"),
    (780, Registered, "CANCELLATION TERMINATED - SEE TTAB RECORDS"),
    (781, Removed, "CANCELLED - SECTION 16A"),
    (782, Removed, "CANCELLED - SECTION 16B"),
    (783, Removed, "CANCELLED RECONSIDERED"),
    (790, Registered, "CANCELLATION PENDING"),
    (794, Pending, "JURISDICTION RESTORED TO EXAMINING ATTORNEY"),
    (800, Registered, "REGISTERED AND RENEWED"),
    (801, Pending, "OPPOSITION PAPERS FILED"),
    (802, Pending, "REQUEST FOR EXTENSION OF TIME TO FILE OPPOSITION"),
    (803, Pending, "AMENDMENT AFTER PUBLICATION"),
    (804, Pending, "APPEAL RECEIVED AT TTAB"),
    (806, Pending, "SU - NON-FINAL ACTION COUNTED - NOT MAILED"),
    (807, Pending, "SU - NON-FINAL ACTION - MAILED"),
    (808, Pending, "SU - FINAL REFUSAL COUNTED - NOT MAILED"),
    (809, Pending, "SU - FINAL REFUSAL - MAILED"),
    (810, Pending, "SU - EXAMINER'S AMENDMENT COUNTED - NOT MAILED"),
    (811, Pending, "SU - EXAMINER'S AMENDMENT - MAILED"),
    (812, Pending, "SU - ACTION CONTINUING FINAL COUNTED - NOT MAILED"),
    (813, Pending, "SU - ACTION CONTINUING FINAL - MAILED"),
    (814, Pending, "SU - RESPONSE AFTER NON-FINAL ACTION - ENTERED"),
    (815, Pending, "SU - RESPONSE AFTER FINAL REJECTION - ENTERED"),
    (816, Pending, "SU - NOTICE OF UNRESPONSIVE AMENDMENT - COUNTED"),
    (817, Pending, "SU - NOTICE OF UNRESPONSIVE AMENDMENT - MAILED"),
    (818, Pending, "SU - STATEMENT OF USE ACCEPTED - APPROVED FOR REGISTRATION"),
    (819, Pending, "SU - REGISTRATION REVIEW COMPLETE"),
    (820, Pending, "SU-EXAMINER'S AMENDMENT/PRIORITY ACTION COUNTED NOT MAILED"),
    (821, Pending, "SU - EXAMINER'S AMENDMENT/PRIORITY ACTION MAILED"),
    (822, Pending, "SU - PRIORITY ACTION COUNTED NOT MAILED"),
    (823, Pending, "SU - PRIORITY ACTION MAILED"),
    (824, Pending, "SU - SUBSEQUENT FINAL REFUSAL WRITTEN"),
    (825, Pending, "SU - SUBSEQUENT FINAL MAILED"),
    (900, Expired, "EXPIRED"),
    (901, Refused, "DEAD INVENTORIED AS REJECTED"),
    (968, Withdrawn, "NON REGISTRATION DATA WITHDRAWN"),
    (969, Pending, "NON REGISTRATION DATA"),
    (970, Unknown, "RECORD CREATED DUE TO ASSIGNMENT REQUEST"),
    (973, Pending, "SUSPENDED PENDING ADMINISTRATIVE REVIEW"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_rising_order_and_found() {
        assert!(STATUSES.is_sorted_by(|earlier, later| earlier.0 < later.0));
        assert_eq!(status("700"), (Some(Registered), Some("700 REGISTERED".to_owned())));
        assert_eq!(status("000"), (Some(Unknown), Some("000 UNKNOWN".to_owned())));
        assert_eq!(status("999"), (None, Some("999".to_owned())));
        assert_eq!(status(""), (None, None));
        for (code, means) in
            [("602", Withdrawn), ("603", Refused), ("710", Removed), ("900", Expired), ("688", Pending), ("740", Registered)]
        {
            assert_eq!(status(code).0, Some(means), "{code}");
        }
    }

    #[test]
    fn drawing_codes_are_told_by_their_first_digit() {
        let kinds = ["4000", "1", "5000", "2000", "3000", "6000", "0000", ""].map(kind);
        use MarkKind::*;
        assert_eq!(kinds, [Some(Word), Some(Word), Some(Word), Some(Figurative), Some(Combined), Some(Other), None, None]);
    }
}
