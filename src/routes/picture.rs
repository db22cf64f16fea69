//! The addresses of the pictures that the board keeps. An address names its bytes by their hash and never means
//! others, and it says their size, so that a page keeps their room free.

use weerklank_domain::Picture;

/// What all of them begin with.
const BELOW: &str = "/pictures/";

/// As the server's router listens to them.
pub const PATTERN: &str = "/pictures/{name}";

/// Where a picture is, in one of its sizes.
pub fn address(picture: Picture) -> String {
    format!("{BELOW}{picture}")
}

/// The picture at an address of the board.
pub fn named(src: &str) -> Option<Picture> {
    src.strip_prefix(BELOW)?.parse().ok()
}

/// All sizes in which a picture is there that is at most so large, as `srcset` takes them (HTML, 4.8.4.2.1).
/// `None` where there is but one.
pub fn srcset(src: &str) -> Option<String> {
    let sizes: Vec<_> =
        named(src)?.sizes().map(|size| format!("{} {}w", address(size), size.width)).collect();
    (sizes.len() > 1).then(|| sizes.join(", "))
}

/// The same picture in a size that does for so many CSS pixels; an address that is of no picture of ours stays.
pub fn at_least(src: String, width: u32) -> String {
    named(&src).map_or(src, |picture| address(picture.at_least(width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: &str = "/pictures/000102030405060708090a0b0c0d0eff-1600x900.webp";

    #[test]
    fn an_address_leads_to_its_picture_and_back() {
        assert_eq!(address(named(LARGE).unwrap()), LARGE);
        for other in
            ["/images/doos.svg", "https://elders.example/pictures/x.webp", "/pictures/", "/pictures/x.webp"]
        {
            assert_eq!(named(other), None, "{other}");
            assert_eq!(srcset(other), None, "{other}");
            assert_eq!(at_least(other.to_owned(), 10), other);
        }
    }

    #[test]
    fn a_browser_can_choose_a_size() {
        let small = LARGE.replace("1600x900", "480x270");
        let middle = LARGE.replace("1600x900", "960x540");
        assert_eq!(srcset(LARGE).unwrap(), format!("{small} 480w, {middle} 960w, {LARGE} 1600w"));
        assert_eq!(srcset(&small), None);
        assert_eq!(at_least(LARGE.to_owned(), 700), middle);
    }
}
