//! Legal status, and whether an earlier mark is a bar to a later one.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Mark;

/// Where a right stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalStatus {
    /// In force.
    #[default]
    Registered,
    /// Filed, not decided: any stage, opposed and on appeal too.
    Pending,
    /// Term ended, not renewed.
    Expired,
    /// Refused by the office.
    Refused,
    /// Given up by the applicant, or deemed so.
    Withdrawn,
    /// Taken off the register.
    Removed,
    /// The register does not say. Treated as pending: a missing word clears nobody.
    Unknown,
}

impl LegalStatus {
    /// Every status, in the order in which reports list them.
    pub const ALL: [Self; 7] =
        [Self::Registered, Self::Pending, Self::Expired, Self::Refused, Self::Withdrawn, Self::Removed, Self::Unknown];

    /// The word used in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Removed => "removed",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether an earlier mark stands in the way of a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It does.
    Bar,
    /// It does not, but it is evidence worth reading.
    NoBar(NoBar),
}

/// Why an earlier mark is no bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBar {
    /// Its application was refused.
    Refused,
    /// Its application was withdrawn.
    Withdrawn,
    /// It was taken off the register.
    Removed,
    /// It ran out more than six months ago, so that it can't be renewed.
    LongExpired,
    /// It belongs to the applicant.
    Own,
    /// It was filed after the applicant's own date.
    LaterFiled,
}

/// Renewal stays open this long after the end of protection (UU 20/2016; design, "status").
const RENEWAL_GRACE_MONTHS: i32 = 6;

impl Bar {
    /// Judges status and dates alone; whose mark it is must be asked apart.
    ///
    /// `today` decides whether a renewal is still open; `query_filed_on`, where given, is
    /// the applicant's own filing date.
    pub fn of(status: LegalStatus, filed_on: Option<Date>, expires_on: Option<Date>, today: Date, query_filed_on: Option<Date>) -> Self {
        let grace_ended = |end: Date| {
            // A date at the end of the calendar can't be followed by six months: it has not ended.
            end.checked_add(RENEWAL_GRACE_MONTHS.months()).is_ok_and(|last| last < today)
        };
        match status {
            LegalStatus::Refused => Self::NoBar(NoBar::Refused),
            LegalStatus::Withdrawn => Self::NoBar(NoBar::Withdrawn),
            LegalStatus::Removed => Self::NoBar(NoBar::Removed),
            LegalStatus::Expired | LegalStatus::Registered if expires_on.is_some_and(grace_ended) => Self::NoBar(NoBar::LongExpired),
            _ if filed_on.zip(query_filed_on).is_some_and(|(earlier, query)| earlier > query) => Self::NoBar(NoBar::LaterFiled),
            // An expired mark without a date may still be within its grace.
            _ => Self::Bar,
        }
    }

    /// [`Bar::of`] for a whole mark.
    pub fn of_mark(mark: &Mark, today: Date, query_filed_on: Option<Date>) -> Self {
        Self::of(mark.status, mark.filed_on, mark.expires_on, today, query_filed_on)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    #[track_caller]
    fn check(status: LegalStatus, filed_on: Option<Date>, expires_on: Option<Date>, query_filed_on: Option<Date>, expected: Bar) {
        assert_eq!(Bar::of(status, filed_on, expires_on, TODAY, query_filed_on), expected);
    }

    #[test]
    fn status_and_dates_decide_whether_a_mark_is_a_bar() {
        use LegalStatus::*;
        check(Registered, None, None, None, Bar::Bar);
        check(Pending, None, None, None, Bar::Bar);
        check(Unknown, None, None, None, Bar::Bar);
        check(Expired, None, None, None, Bar::Bar);
        check(Expired, None, Some(date(2026, 5, 24)), None, Bar::Bar);
        check(Expired, None, Some(date(2026, 5, 23)), None, Bar::NoBar(NoBar::LongExpired));
        // Some registers keep the word "registered" long after the term has ended.
        check(Registered, None, Some(date(2020, 1, 1)), None, Bar::NoBar(NoBar::LongExpired));
        check(Registered, None, Some(Date::MAX), None, Bar::Bar);
        check(Refused, None, None, None, Bar::NoBar(NoBar::Refused));
        check(Withdrawn, None, None, None, Bar::NoBar(NoBar::Withdrawn));
        check(Removed, None, None, None, Bar::NoBar(NoBar::Removed));
    }

    #[test]
    fn the_first_to_file_wins_and_a_tie_bars() {
        let query = Some(date(2024, 3, 1));
        check(LegalStatus::Pending, Some(date(2024, 2, 29)), None, query, Bar::Bar);
        check(LegalStatus::Pending, Some(date(2024, 3, 1)), None, query, Bar::Bar);
        check(LegalStatus::Pending, Some(date(2024, 3, 2)), None, query, Bar::NoBar(NoBar::LaterFiled));
        check(LegalStatus::Pending, None, None, query, Bar::Bar);
    }
}
