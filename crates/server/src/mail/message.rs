//! From a row of the outbox to the bytes of a mail (RFC 5322).

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use weerklank_domain::is_invisible;
use weerklank_store::DueMail;

/// The same bytes at every attempt: whoever gets a mail twice can tell that it is one.
pub fn message(mail: &DueMail, from: &Mailbox) -> anyhow::Result<Message> {
    let to: Address = mail.to.parse()?;
    // The name of a boundary is in no text: it is longer than any line that somebody would guess.
    let both = MultiPart::alternative()
        .boundary(format!("weerklank-{}", mail.id.simple()))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .date(mail.created_at.into())
        .message_id(Some(format!("<{}>", mail.message_id)))
        .header(AutoSubmitted)
        .header(ContentLanguage(mail.lang.as_str()))
        .multipart(both)?;
    Ok(message)
}

/// No line end, no control character and nothing that would turn what follows around; at most 200
/// characters. Nor what a mail program would decode (RFC 2047), whatever that would be.
fn one_line(text: &str) -> String {
    let seen = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_invisible(*c));
    let line: String = seen.collect();
    line.replace("=?", "= ?").chars().take(200).collect()
}

/// No program should answer with a notice of absence (RFC 3834, 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[derive(Clone)]
struct ContentLanguage(&'static str);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Err("it is written and never read".into())
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::{MessageParser, MimeHeaders};
    use time::macros::datetime;
    use uuid::Uuid;
    use weerklank_domain::Lang;

    fn due(subject: &str, to: &str) -> DueMail {
        let now = datetime!(2026-11-21 12:00 UTC);
        DueMail {
            id: Uuid::nil(),
            message_id: "x@board.example".to_owned(),
            to: to.to_owned(),
            lang: Lang::Nl,
            subject: subject.to_owned(),
            text: format!("Één regel.\r\n.\r\nBcc: z@evil.example\n{}", "lang ".repeat(2_000)),
            html: "<p>Één regel.".to_owned(),
            attempts: 1,
            created_at: now,
            not_before: now,
            leased_until: now,
        }
    }

    fn from() -> Mailbox {
        let name = "Het bord, \"één\"".to_owned();
        Mailbox::new(Some(name), "redactie@board.example".parse().unwrap())
    }

    /// Lists of ways to end a header, to begin another, and to turn what is shown around.
    #[test]
    fn whatever_a_subject_holds_no_header_comes_of_it() {
        let hostile = [
            "Onderwerp\r\nBcc: z@evil.example",
            "Onderwerp\nBcc: z@evil.example\n\n<p>",
            "Onderwerp\rBcc: z@evil.example",
            "Onderwerp\r\n Bcc: z@evil.example",
            "\r\n\r\nBody",
            "Onderwerp\0\u{b}\u{c}\u{85}\u{2028}Bcc: z@evil.example",
            "=?utf-8?q?=0D=0ABcc:_z@evil.example?=",
            "==??utf-8?q?=0D=0ABcc:_z@evil.example?==??",
            "Onder\u{202e}elpmaxe\u{2066}werp",
            &"lang ".repeat(5_000),
            &"é".repeat(5_000),
            &"x".repeat(5_000),
        ];
        for subject in hostile {
            let bytes = message(&due(subject, "kwal@voorbeeld.example"), &from()).unwrap().formatted();
            let parsed = MessageParser::default().parse(&bytes).unwrap();
            let names: Vec<&str> = parsed.headers().iter().map(mail_parser::Header::name).collect();
            assert_eq!(
                names,
                [
                    "From",
                    "To",
                    "Subject",
                    "Date",
                    "Message-ID",
                    "Auto-Submitted",
                    "Content-Language",
                    "MIME-Version",
                    "Content-Type"
                ],
                "{subject:?}"
            );
            let read = parsed.subject().unwrap_or_default();
            assert!(!read.contains(['\r', '\n', '\0', '\u{202e}', '\u{2066}']), "{read:?}");
            assert!(read.chars().count() <= 200);
            assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("kwal@voorbeeld.example"));
            assert!(parsed.bcc().is_none() && parsed.cc().is_none());
            // RFC 5322, 2.1.1; and no bare CR or LF, which some servers take for an end.
            for line in bytes.split(|b| *b == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                assert!(line.len() <= 998 && !line.contains(&b'\r'), "{subject:?}");
            }
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        }
    }

    #[test]
    fn a_mail_says_what_was_kept_and_is_the_same_every_time() {
        let mail = due("Is dit je e-mailadres? Één vraag", "kwal@voorbeeld.example");
        let bytes = message(&mail, &from()).unwrap().formatted();
        assert_eq!(bytes, message(&mail, &from()).unwrap().formatted());
        let parsed = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(parsed.subject(), Some(&*mail.subject));
        assert_eq!(parsed.message_id(), Some("x@board.example"));
        assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("Het bord, \"één\""));
        assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n"), mail.text.replace("\r\n", "\n"));
        assert_eq!(parsed.body_html(0).unwrap(), mail.html);
        assert!(parsed.content_type().unwrap().attribute("boundary").unwrap().starts_with("weerklank-"));
    }

    #[test]
    fn an_address_that_would_say_more_to_a_server_is_refused() {
        for wrong in
            ["", "a", "a@b>\r\nRCPT TO:<z@evil.example", "a@b.example, z@evil.example", "<a@b.example>"]
        {
            assert!(message(&due("x", wrong), &from()).is_err(), "{wrong:?}");
        }
    }
}
