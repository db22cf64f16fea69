//! The picture above a column: drawn by the server alone, which knows what sizes there are of it.

use leptos::prelude::*;
use weerklank_domain::{Image, Lang};

use crate::routes::picture;

/// How wide it is on the page: `style/components/column.css`.
const SIZES: &str = "(min-width: 44rem) 42rem, 100vw";

/// What stands in the figure. Room is kept for the picture before it arrives; where its size (CSS pixels) is
/// unknown, for a likely one. `lang` is that of the description, where it is not the page's.
pub fn picture_html(image: &Image, size: Option<(u32, u32)>, lang: Option<Lang>) -> String {
    let (width, height) = size.unwrap_or((640, 400));
    let srcset = picture::srcset(&image.src);
    let sizes = srcset.is_some().then_some(SIZES);
    let credit = image.credit.clone().map(|credit| {
        view! { <figcaption><bdi>{credit}</bdi></figcaption> }
    });
    let picture = view! {
        <img src=image.src.clone() alt=image.alt.clone() lang=lang.map(Lang::as_str) width=width height=height
            srcset=srcset sizes=sizes decoding="async"/>
        {credit}
    };
    // Markers between nodes serve hydration; a `<` in a text is always written `&lt;`.
    Owner::new().with(|| picture.to_html()).replace("<!>", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_picture_can_be_had_in_every_size_and_another_as_it_is() {
        let of = |src: &str| Image { src: src.to_owned(), alt: "Een \"doos\" <b>".to_owned(), credit: None };
        let name = "/pictures/000102030405060708090a0b0c0d0eff-960x540.webp";
        let html = picture_html(&of(name), Some((960, 540)), Some(Lang::Nl));
        for part in
            ["width=\"960\"", "480w, ", "960w\"", "sizes=\"", "lang=\"nl\"", "Een &quot;doos&quot; &lt;b"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
        let html = picture_html(&of("/images/doos.svg"), None, None);
        assert!(
            html.contains("width=\"640\"") && !html.contains("srcset") && !html.contains("lang"),
            "{html}"
        );
    }
}
