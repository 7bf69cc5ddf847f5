//! Codes of symbols, letters and sounds alike: six bits, of which the low four are the kind. The scan reads kinds alone,
//! so symbols of one kind are one to it (a bound may be too high, never too low), and not to the score.

/// By code, the letter of its symbol; 0 where there is none. `kinds` has the letters of each kind, one to four; the
/// first is kind 1, for kind 0 is padding.
pub const fn by_code(kinds: &[&str; 15]) -> [u8; 64] {
    let mut letters = [0; 64];
    let mut kind = 0;
    while kind < kinds.len() {
        let (members, mut place) = (kinds[kind].as_bytes(), 0);
        while place < members.len() {
            letters[kind + 1 + 16 * place] = members[place];
            place += 1;
        }
        kind += 1;
    }
    letters
}
