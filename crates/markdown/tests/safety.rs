//! Whatever a text holds, its HTML holds only what is on the list (`common::html`), and nothing that
//! runs.

mod common;

use common::html;

/// Things that would run if they left the place they are put in.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "`onmouseover=alert(1)`",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#1;javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\\javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "//evil.example/%2e%2e",
    "\\\\evil.example",
    "</style><style>@import url(//evil.example)",
    "</textarea></title></noscript></script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "\u{0}<scr\u{0}ipt>",
    "\u{202e}<script>",
    "<\u{feff}script>",
    "%22%3e%3cscript%3e",
    "&lt;script&gt;&amp;lt;script",
    "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
];

/// Every place where a text goes into HTML; `%` stands for what is put there.
const SINKS: &[&str] = &[
    "%",
    "*%* **%** ~~%~~ `%`",
    "[%](/a)",
    "[a](%)",
    "[a](<%>)",
    "[a](/b \"%\")",
    "[a](/b '%')",
    "[a][r]\n\n[r]: %",
    "[a][r]\n\n[r]: <%> \"%\"",
    "[%]\n\n[%]: /a",
    "<%>",
    "<https://a.example/%>",
    "![%](/a.png)",
    "![a](%)",
    "![a](<%> \"%\")",
    "![a](https://a.example/%)",
    "![a](/b.png '%')",
    "# %",
    "# a {#%}",
    "# a {.%}",
    "# a {%}",
    "# a {b=%}",
    "# a {.positive #% .%}",
    "```%\na\n```",
    "```a %\n%\n```",
    "~~~ %\na\n~~~",
    "    %",
    "| % |\n|---|\n| % |",
    "a[^%]\n\n[^%]: %",
    "a[^b]\n\n[^b]: %",
    "> %",
    "> [!%] a\n> b",
    "> [!QUOTE] %\n> a",
    "> [!ADVICE] %\n> a",
    "> [!LAW] %, checked 2026-11-01\n> a",
    "> [!LAW] a, checked %\n> a",
    "> [!UPDATE] %\n> a",
    "> [!UPDATE] 2026-11-01 %\n> a",
    "> [!NOTE] %",
    "- [ ] %",
    "- %\n  - %",
    "1. %",
    "%\n===",
    "<div %>\n\na\n\n</div>",
    "a <b %>c</b>",
    "<!-- % -->",
    "<script>%</script>",
    "<style>%</style>",
    "<textarea>%",
    "\\%",
    "[[%]](/a)",
    "[![%](%)](%)",
];

#[test]
fn no_payload_leaves_its_sink() {
    for sink in SINKS {
        for payload in PAYLOADS {
            let text = sink.replace('%', payload);
            let html = common::draw(&text);
            html::check(&html).unwrap_or_else(|error| panic!("{error}\nin {html}\nof {text}"));
        }
    }
}

/// Two of them in one text, so that one may open what the other closes.
#[test]
fn payloads_do_not_help_each_other() {
    for (index, first) in PAYLOADS.iter().enumerate() {
        for (sink, other) in SINKS.iter().zip(SINKS.iter().cycle().skip(index + 1)) {
            let text = format!(
                "{}\n{}",
                sink.replace('%', first),
                other.replace('%', PAYLOADS[PAYLOADS.len() - 1 - index])
            );
            let html = common::draw(&text);
            html::check(&html).unwrap_or_else(|error| panic!("{error}\nin {html}\nof {text}"));
        }
    }
}

/// The words of the interface come from files of ours, and are escaped all the same.
#[test]
fn labels_are_escaped() {
    use weerklank_markdown::{Labels, Options, render};
    let evil = "\"><script>'&";
    let labels = Labels {
        advice: evil,
        law: evil,
        checked_on: evil,
        update: evil,
        note: evil,
        footnotes: evil,
        footnote_back: evil,
        external_link: evil,
        table: evil,
        date: &|_| evil.to_owned(),
    };
    let options = Options { labels: &labels, ..common::OPTIONS };
    let text = "> [!ADVICE]\n> a\n\n> [!LAW] a, checked 2026-11-01\n> b[^c]\n\n> [!UPDATE] 2026-11-01\n> d\n\n> [!NOTE]\n> e\n\n\
                <https://elders.example>\n\n|a|\n|-|\n\n[^c]: d";
    let html = render(text, &options).html;
    html::check(&html).unwrap_or_else(|error| panic!("{error}\nin {html}"));
    assert_eq!(html.matches("&lt;script>").count(), 11);
}

#[test]
fn options_are_taken_as_they_come() {
    use weerklank_markdown::{Options, render};
    for base in 0..=9 {
        let options = Options { heading_base: base, ..common::OPTIONS };
        let html = render("# a\n\n###### b\n\nc[^d]\n\n[^d]: e", &options).html;
        assert!(html.contains("<h") && !html.contains("<h0") && !html.contains("<h7"), "{html}");
    }
}
