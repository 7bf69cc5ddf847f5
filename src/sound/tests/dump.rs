use crate::sound::*;
#[test]
fn dump() {
    for word in std::fs::read_to_string("/tmp/snd/words").unwrap().lines() {
        let r: Vec<String> = readings(word).iter().map(|r| format!("{:?}:{r}", r.kind())).collect();
        println!("{word}\t{}", r.join("\t"));
    }
}
