//! What was found, held against a file that somebody has read.

use std::path::PathBuf;

/// Compares with a file in `tests/golden`; `MIRIP_GOLDEN=write` writes it instead.
#[track_caller]
pub fn check(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("MIRIP_GOLDEN").is_some_and(|value| value == "write") {
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the golden folder can be made");
        std::fs::write(&path, found).expect("the golden folder can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{} is another; after reading the change: MIRIP_GOLDEN=write", path.display());
}
