//! Application numbers of the Indonesian office, and what they say.

use std::borrow::Cow;

/// What an application number says of the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    /// A mark for goods (`D`).
    Goods,
    /// A mark for services (`J`).
    Services,
    /// A designation of Indonesia under the Madrid protocol (`M`).
    Madrid,
    /// A renewal (`R`, `V`).
    Renewal,
    /// Nothing that is known.
    Unknown,
}

/// What the number says of the right: a letter, two more or zeros, the year, and at least five digits.
/// Read off marks in the register; the prefixes `P`, `S` and `W` are met, but what they mean is not known.
pub(super) fn right(number: &str) -> Right {
    if !is_number(number) {
        return Right::Unknown;
    }
    match number.as_bytes()[0] {
        b'D' => Right::Goods,
        b'J' => Right::Services,
        b'M' => Right::Madrid,
        b'R' | b'V' => Right::Renewal,
        _ => Right::Unknown,
    }
}

/// True for an application number in the office's form; Madrid numbers may go on with a letter or `-01`.
pub(super) fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((prefix, rest)) = bytes.split_first_chunk::<3>() else {
        return false;
    };
    let is_prefix = prefix[0].is_ascii_uppercase()
        && (prefix[1..] == *b"00" || prefix[1].is_ascii_uppercase() && prefix[2].is_ascii_uppercase())
        && prefix != b"IDM";
    let digit_count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_year = rest.starts_with(b"19") || rest.starts_with(b"20");
    let tail = &rest[digit_count..];
    let is_tail =
        tail.is_empty() || prefix[0] == b'M' && tail.len() <= 4 && tail.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    is_prefix && is_year && digit_count >= 9 && is_tail
}

/// The number as the office writes it in full: `d00.2018.066743` and `D00 2018 066743` are one number. What
/// is in another form is left as it is.
pub(super) fn canonical(text: &str) -> Cow<'_, str> {
    if is_number(text) {
        return Cow::Borrowed(text);
    }
    let mut close: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '/')).collect();
    close.make_ascii_uppercase();
    if is_number(&close) {
        return Cow::Owned(close);
    }
    let closer = close.replace('-', "");
    if is_number(&closer) { Cow::Owned(closer) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_what_right_it_is() {
        for (number, expected) in [
            ("DID2021024604", Right::Goods),
            ("D002018066743", Right::Goods),
            ("JID2018067513", Right::Services),
            ("J002018004048", Right::Services),
            ("M0020191466446", Right::Madrid),
            ("M0020191466446A", Right::Madrid),
            ("M0020191466446-01", Right::Madrid),
            ("R002018004048", Right::Renewal),
            ("V002018004048", Right::Renewal),
            ("PID2021024604", Right::Unknown),
            ("IDM000123456", Right::Unknown),
            ("DID1821024604", Right::Unknown),
            ("DID2021", Right::Unknown),
            ("DID2021024604X", Right::Unknown),
            ("2021024604", Right::Unknown),
            ("", Right::Unknown),
            ("ДID2021024604", Right::Unknown),
        ] {
            assert_eq!(right(number), expected, "{number}");
        }
    }

    #[test]
    fn spellings_of_one_number_are_one() {
        for text in ["D002018066743", "d002018066743", "D00 2018 066743", "D00.2018.066743", "D00-2018-066743"] {
            assert_eq!(canonical(text), "D002018066743", "{text}");
        }
        for text in ["M0020191466446-01", "12345", "IDM000123456", "X-1", ""] {
            assert_eq!(canonical(text), text);
        }
    }
}
