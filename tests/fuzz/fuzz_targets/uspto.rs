#![no_main]

libfuzzer_sys::fuzz_target!(|file: &[u8]| mirip_fuzz::read_to_end(file, mirip::register::Format::Uspto));
