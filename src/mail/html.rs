//! A letter as HTML: one column, its style on the elements themselves, since many mail programs take
//! nothing else. What they do take of `<style>` makes it dark where the reader has it dark.

use std::fmt::Write;

use super::{Letter, paragraphs};
use crate::document::push_escaped;

/// The night of `style/tokens.css`, for programs that know of it.
const DARK: &str = "@media (prefers-color-scheme:dark){\
    .paper{background:#1d1511!important;color:#f3e7d7!important}\
    .soft{color:#c9b19c!important}\
    .rule{border-color:#5a4536!important}\
    .button{background:#f2a074!important;color:#1d1511!important}\
    .link{color:#f2a074!important}}";
const TEXT: &str = "margin:0 0 16px;font:16px/1.6 Charter,Cambria,Georgia,serif";
const SMALL: &str = "margin:0;font:14px/1.5 system-ui,sans-serif;color:#6a4e3f";

pub(super) fn draw(letter: &Letter) -> String {
    let subject = escape(&letter.subject);
    let mut body = format!(
        "<p class=\"soft\" style=\"{SMALL};margin-bottom:24px\">Weerklank</p>\
         <h1 style=\"margin:0 0 16px;font:700 24px/1.3 Charter,Cambria,Georgia,serif\">{subject}</h1>"
    );
    for paragraph in &letter.paragraphs {
        paragraph_into(&mut body, paragraph);
    }
    if let Some(quote) = &letter.quote {
        body.push_str(
            "<blockquote class=\"rule\" style=\"margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #d9c4a5\">",
        );
        paragraphs(quote).for_each(|paragraph| paragraph_into(&mut body, paragraph));
        body.push_str("</blockquote>");
    }
    if let Some((label, url)) = &letter.button {
        let (label, url) = (escape(label), escape(url));
        // The address stands there as well: some programs show no links, and some readers trust none.
        let _ = write!(
            body,
            "<p style=\"margin:24px 0\"><a class=\"button\" href=\"{url}\" style=\"display:inline-block;\
             padding:12px 20px;border-radius:3px;background:#a23c1b;color:#fbf5ea;\
             font:600 16px/1.4 system-ui,sans-serif;text-decoration:none\">{label}</a></p>\
             <p style=\"{SMALL};margin-bottom:24px;word-break:break-all\">\
             <a class=\"link\" href=\"{url}\" style=\"color:#a23c1b\">{url}</a></p>"
        );
    }
    for paragraph in &letter.after {
        paragraph_into(&mut body, paragraph);
    }
    let _ = write!(
        body,
        "<hr class=\"rule\" style=\"margin:24px 0 16px;border:0;border-top:1px solid #d9c4a5\">\
         <p class=\"soft\" style=\"{SMALL}\">{}</p>",
        escape(&letter.why)
    );
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{subject}</title><style>:root{{color-scheme:light dark}}{DARK}</style></head>\
         <body class=\"paper\" style=\"margin:0;background:#fbf5ea;color:#2c1a12\">\
         <div class=\"paper\" style=\"max-width:560px;margin:0 auto;padding:24px 20px;\
         background:#fbf5ea;color:#2c1a12\">{body}</div></body></html>",
        lang = letter.lang,
    )
}

fn paragraph_into(body: &mut String, paragraph: &str) {
    let _ = write!(body, "<p style=\"{TEXT}\">{}</p>", escape(paragraph).replace('\n', "<br>"));
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}
