//! Looking at eight bytes at once: every byte of every text comes by.
//!
//! A mask tells one thing of each byte by the byte's high bit; its other bits mean nothing until
//! `& HIGH` takes them off. The first byte is the lowest.

pub(super) const HIGH: u64 = all(0x80);

/// Eight times the same byte.
pub(super) const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A mask of the bytes that are `least` (1 to 0x80) or more. All of `low` are under 0x80, so that no
/// addition in one byte reaches the next.
pub(super) const fn at_least(low: u64, least: u8) -> u64 {
    low + all(0x80 - least)
}

/// All bits of the bytes of a mask, which has its other bits off.
pub(super) const fn filled(mask: u64) -> u64 {
    (mask << 1).wrapping_sub(mask >> 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_tell_each_byte_by_itself() {
        for byte in 0..=255_u8 {
            for other in [0, b'a', 0x7f, 0x80, 0xff] {
                let eight = u64::from_le_bytes([other, byte, other, other, other, other, other, other]);
                let told = at_least(eight & !HIGH, b'0') & HIGH;
                assert_eq!(told.to_le_bytes()[1], if byte & 0x7f >= b'0' { 0x80 } else { 0 });
                assert_eq!(filled(eight & HIGH).to_le_bytes()[1], if byte >= 0x80 { 0xff } else { 0 });
            }
        }
    }
}
