//! Containers of the old Office (Compound File Binary), looked through before a library follows their chains of sectors:
//! a few bytes changed make a chain that goes in a circle, and fills the memory.

use std::io::{self, Read, Seek, SeekFrom};

/// Numbers from here on mean no sector.
const NO_SECTOR: u32 = 0xffff_fffa;

/// Numbers from here on are marks in the list of the table's own sectors.
const LIST_MARK: u32 = 0xffff_fffc;

const HEADER_BYTES: usize = 512;

/// False where a chain of sectors goes in a circle, or the table of sectors is larger than its file can need.
///
/// Says nothing else of a container: what is no container at all is for its reader to refuse.
pub(super) fn has_ends(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut header = Vec::new();
    file.by_ref().take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    let sector_bytes: u64 = match header.get(30..32) {
        Some([9, 0]) if header.len() == HEADER_BYTES => 512,
        Some([12, 0]) if header.len() == HEADER_BYTES => 4096,
        _ => return Ok(true),
    };
    let count = length / sector_bytes;
    let mut words_of = |sector: u32| -> io::Result<Vec<u32>> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start((u64::from(sector) + 1) * sector_bytes))?;
        file.by_ref().take(sector_bytes).read_to_end(&mut bytes)?;
        Ok(words(&bytes))
    };
    // Where the table of sectors stands: in the header, and in a chain of sectors behind it.
    let mut places = words(&header[76..]);
    let mut next = word(&header[68..]);
    for _ in 0..=count {
        if next >= NO_SECTOR {
            break;
        }
        places.extend(words_of(next)?);
        next = places.pop().unwrap_or(NO_SECTOR);
    }
    if next < NO_SECTOR {
        return Ok(false);
    }
    let most = 2 * count + 2 * sector_bytes / 4;
    let mut table = Vec::new();
    for place in places.into_iter().filter(|&place| place < LIST_MARK) {
        table.extend(words_of(place)?);
        if table.len() as u64 > most {
            return Ok(false);
        }
    }
    if goes_in_circles(&table) {
        return Ok(false);
    }
    // The table of the small sectors, which stand within a stream of large ones.
    let mut small_table = Vec::new();
    let mut sector = word(&header[60..]);
    while sector < NO_SECTOR && u64::from(sector) <= count {
        small_table.extend(words_of(sector)?);
        sector = table.get(sector as usize).copied().unwrap_or(NO_SECTOR);
    }
    Ok(!goes_in_circles(&small_table))
}

fn word(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(word).collect()
}

/// True where a walk from any sector to the one that the table says is next comes back to where it was.
fn goes_in_circles(table: &[u32]) -> bool {
    // By sector, the walk that came by.
    let mut walks = vec![0; table.len()];
    for start in 0..table.len() {
        let walk = start + 1;
        let mut at = start;
        while let Some(known) = walks.get_mut(at) {
            if *known == walk {
                return true;
            }
            if *known != 0 {
                break;
            }
            *known = walk;
            match table[at] {
                next if next < NO_SECTOR => at = next as usize,
                _ => break,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;

    /// A container of this table, which stands in its first sector, and this table of small sectors in its second.
    fn container(table: &[u32], small_table: &[u32], list_start: u32) -> Vec<u8> {
        let mut file = vec![0; HEADER_BYTES];
        file[30] = 9;
        let mut put = |at: usize, word: u32| file[at..at + 4].copy_from_slice(&word.to_le_bytes());
        put(60, 1);
        put(68, list_start);
        put(76, 0);
        (80..HEADER_BYTES).step_by(4).for_each(|at| put(at, FREE));
        for words in [table, small_table] {
            let padding = std::iter::repeat_n(&FREE, 128 - words.len());
            file.extend(words.iter().chain(padding).flat_map(|word| word.to_le_bytes()));
        }
        file.resize(file.len() + 6 * 512, 0);
        file
    }

    #[track_caller]
    fn check(table: &[u32], small_table: &[u32], list_start: u32, expected: bool) {
        assert_eq!(has_ends(&mut Cursor::new(container(table, small_table, list_start))).expect("no failure"), expected);
    }

    #[test]
    fn chains_that_end_are_told_from_circles() {
        check(&[0xffff_fffd, END, 3, 4, END], &[1, 2, END], END, true);
        check(&[0xffff_fffd, END, 3, 4, 2], &[], END, false);
        check(&[0xffff_fffd, END, 2], &[], END, false);
        // Several chains that run into one are damage, and end all the same.
        check(&[0xffff_fffd, END, 4, 4, END], &[], END, true);
        check(&[0xffff_fffd, END, END], &[1, 0], END, false);
        // The table's own sectors: a chain that comes back to itself, whose last word is 0.
        check(&[0xffff_fffd, END, END], &[], 3, false);
    }

    #[test]
    fn what_is_no_container_is_left_to_its_reader() {
        for file in [&b""[..], b"name\nA\n", &[0xd0; 511], &[0; 2000]] {
            assert!(has_ends(&mut Cursor::new(file)).expect("no failure"));
        }
    }
}
