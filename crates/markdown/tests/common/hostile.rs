//! Texts that cost a careless renderer far more than their size: each rung of the ladder grows with
//! `size` bytes.

/// A name and a maker of about `size` bytes.
pub type Rung = (&'static str, fn(usize) -> String);

/// `unit` repeated to about `size` bytes.
fn fill(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len())
}

/// `size` bytes of numbered units.
fn count(size: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 64);
    for n in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&unit(n));
    }
    text
}

/// Half of the bytes open, half close.
fn pair(open: &str, middle: &str, close: &str, size: usize) -> String {
    let times = size / (open.len() + close.len());
    format!("{}{middle}{}", open.repeat(times), close.repeat(times))
}

pub const LADDER: &[Rung] = &[
    // Containers.
    ("quotes on one line", |n| fill(">", n)),
    ("quotes with a text", |n| format!("{} a\n", fill("> ", n))),
    ("quotes, then lazy lines", |n| format!("{}a\n{}", fill("> ", n / 2), fill("a\n", n / 2))),
    ("quotes, then blank lines", |n| format!("{}a\n{}", fill("> ", n / 2), fill("\n", n / 2))),
    ("quotes of growing depth", |n| count(n, |i| format!("{} a\n", ">".repeat(i + 1)))),
    ("quotes, then shallower ones", |n| format!("{}a\n{}", fill("> ", n / 2), fill("> a\n", n / 2))),
    ("lists on one line", |n| format!("{}a\n", fill("- ", n))),
    ("lists on one line, then blank lines", |n| format!("{}a\n{}", fill("- ", n / 2), fill("\n", n / 2))),
    ("lists on one line, then texts", |n| format!("{}a\n{}", fill("- ", n / 2), fill("b\n\n", n / 2))),
    ("lists on one line, then lazy lines", |n| format!("{}a\n{}", fill("- ", n / 2), fill("b\n", n / 2))),
    ("numbered lists on one line", |n| format!("{}a\n", fill("1. ", n))),
    ("lists of growing depth, then lazy lines", |n| {
        format!("{}\n{}", count(n / 2, |i| format!("{}- a\n", "  ".repeat(i))), fill("b\n", n / 2))
    }),
    ("lists of growing depth", |n| count(n, |i| format!("{}- a\n", "  ".repeat(i)))),
    ("quotes in lists", |n| format!("{}a\n", fill("> - ", n))),
    ("quotes in lists, then blank lines", |n| format!("{}a\n{}", fill("> - ", n / 2), fill("\n", n / 2))),
    ("bare list marks", |n| fill("-\n", n)),
    ("list marks between blank lines", |n| fill("-\n\n", n)),
    ("one list", |n| fill("- a\n", n)),
    ("loose list", |n| fill("- a\n\n", n)),
    ("growing numbers", |n| count(n, |i| format!("{i}. a\n"))),
    ("alternating list marks", |n| fill("- a\n* a\n", n)),
    // Inline.
    ("opening brackets", |n| fill("[", n)),
    ("closing brackets", |n| fill("]", n)),
    ("bracket pairs", |n| pair("[", "a", "]", n)),
    ("link pairs", |n| pair("[", "a", "](b)", n)),
    ("link openings", |n| fill("[a](", n)),
    ("link openings with angle", |n| fill("[a](<b", n)),
    ("link closings", |n| fill("a](", n)),
    ("link titles unclosed", |n| fill("[a](b \"", n)),
    ("links", |n| fill("[a](b)", n)),
    ("nested parentheses", |n| format!("[a]({}", fill("(", n))),
    ("image openings", |n| fill("![", n)),
    ("image openings and links", |n| fill("![[", n)),
    ("nested images", |n| pair("![", "a", "](b)", n)),
    ("emphasis unclosed", |n| fill("*a _", n)),
    ("emphasis mixed", |n| fill("*a **a ", n)),
    ("emphasis pairs", |n| pair("*a ", "a", " a*", n)),
    ("deep emphasis", |n| pair("*a **a ", "b", " a** a*", n)),
    ("stars", |n| fill("*", n)),
    ("stars on both sides", |n| pair("*", "a", "*", n)),
    ("underscores", |n| fill("_", n)),
    ("underscores in words", |n| fill("a_", n)),
    ("stars and underscores", |n| fill("a**b_c*d__", n)),
    ("closers that never open", |n| fill("a* ", n)),
    ("tildes", |n| fill("~~a ", n)),
    ("tildes one and two", |n| fill("~a ~~a ", n)),
    ("tilde pairs", |n| pair("~~a ", "a", " a~~", n)),
    ("short emphasis", |n| fill("*a* ", n)),
    ("backtick runs that grow", |n| count(n, |i| format!("{}a", "`".repeat(i + 1)))),
    ("backticks", |n| fill("`", n)),
    ("backtick and escape", |n| fill("\\``", n)),
    ("escapes", |n| fill("\\*", n)),
    ("entities", |n| fill("&amp;", n)),
    ("ampersands", |n| fill("&", n)),
    ("entities unclosed", |n| fill("&a", n)),
    ("numeric entities unclosed", |n| fill("&#1", n)),
    ("hard breaks", |n| fill("a  \n", n)),
    ("spaces", |n| fill(" ", n)),
    ("spaces in a line", |n| format!("a{}b", fill(" ", n))),
    ("trailing spaces", |n| fill("a        \n", n)),
    ("tabs", |n| fill("\t", n)),
    ("blank lines", |n| fill("\n", n)),
    ("carriage returns", |n| fill("a\r", n)),
    ("NUL", |n| fill("\0", n)),
    ("bidi controls", |n| fill("\u{202e}", n)),
    // Raw HTML.
    ("angle brackets", |n| fill("<", n)),
    ("angle brackets closed", |n| fill("<>", n)),
    ("comments unclosed", |n| fill("a <!--", n)),
    ("comment blocks", |n| fill("<!--\n", n)),
    ("comments with dashes", |n| format!("a <!-- {}", fill("--", n))),
    ("processing instructions", |n| fill("a <?", n)),
    ("declarations", |n| fill("a <!A ", n)),
    ("character data", |n| fill("a <![CDATA[", n)),
    ("nested divs", |n| fill("<div>\n", n)),
    ("nested divs with texts", |n| fill("<div>\n\na\n\n", n)),
    ("inline tags", |n| fill("a<b>", n)),
    ("tags unclosed", |n| fill("a <a b=\"", n)),
    ("tags with attributes", |n| format!("a <a {}", fill("b=c ", n))),
    ("script blocks", |n| fill("<script>\n", n)),
    ("autolinks", |n| fill("<http://a>", n)),
    ("autolinks unclosed", |n| fill("<http://a", n)),
    ("mail addresses unclosed", |n| fill("<a@b.", n)),
    // Blocks.
    ("headings", |n| fill("# a\n", n)),
    ("headings alike", |n| fill("## een kop\n", n)),
    ("headings that differ", |n| count(n, |i| format!("## kop {i}\n"))),
    ("headings that collide", |n| count(n, |i| format!("## a\n## a {i}\n"))),
    ("heading attributes unclosed", |n| format!("# a {}", fill("{", n))),
    ("heading attributes", |n| format!("# a {{{}}}\n", fill(".a ", n))),
    ("heading attributes nested", |n| format!("# a {}", pair("{", "a", "}", n))),
    ("headings with attributes", |n| fill("# a {#b .positive}\n", n)),
    ("long heading of links", |n| format!("# {}\n", fill("[a](b) ", n))),
    ("underlined headings", |n| fill("a\n=\n", n)),
    ("long paragraph, then an underline", |n| format!("{}===\n", fill("a\n", n))),
    ("rules", |n| fill("---\n", n)),
    ("almost a rule", |n| format!("{}a", fill("* ", n))),
    ("fences", |n| fill("```\n", n)),
    ("fences that grow", |n| count(n, |i| format!("{}\n", "`".repeat(i + 3)))),
    ("fence with a long info", |n| format!("```{}\n", fill("a", n))),
    ("indented code", |n| fill("    a\n\n", n)),
    // Tables.
    ("wide table", |n| format!("{}|\n{}|\n", fill("|a", n / 2), fill("|-", n / 2))),
    ("wide table, empty rows", |n| {
        format!("{}|\n{}|\n{}", fill("|a", n / 4), fill("|-", n / 4), fill("|\n", n / 2))
    }),
    ("tables of 100 columns, empty rows", |n| {
        let table = format!("{}|\n{}|\n{}\n", "|a".repeat(100), "|-".repeat(100), "|\n".repeat(600));
        fill(&table, n.max(table.len()))
    }),
    ("wide table, short rows", |n| {
        format!("{}|\n{}|\n{}", fill("|a", n / 4), fill("|-", n / 4), fill("a\n", n / 2))
    }),
    ("tables of 100 columns, short rows", |n| {
        let table = format!("{}|\n{}|\n{}\n", "|a".repeat(100), "|-".repeat(100), "a\n".repeat(600));
        fill(&table, n.max(table.len()))
    }),
    ("quoted table, empty rows", |n| {
        format!("> {}|\n> {}|\n{}", fill("|a", n / 4), fill("|-", n / 4), fill("> |\n", n / 2))
    }),
    ("table of small cells", |n| format!("|a|b|\n|-|-|\n{}", fill("|1|2|\n", n))),
    ("table header without a table", |n| fill("|a|b\n", n)),
    ("delimiter rows", |n| fill("|-\n", n)),
    ("tables in a row", |n| fill("a|b\n-|-\n\n", n)),
    ("pipes", |n| fill("|", n)),
    // References and footnotes.
    ("reference definitions", |n| count(n, |i| format!("[a{i}]: b\n"))),
    ("references to one long address", |n| format!("[a]: /{}\n\n{}", fill("b", n / 2), fill("[a] ", n / 2))),
    ("references to one long title", |n| format!("[a]: b '{}'\n\n{}", fill("b", n / 2), fill("[a] ", n / 2))),
    ("reference definitions unclosed", |n| fill("[a]: <b\n", n)),
    ("reference titles unclosed", |n| fill("[a]: b \"c\n", n)),
    ("reference label that is long", |n| format!("[{}]: b\n", fill("a", n))),
    ("reference labels unclosed", |n| fill("[a\n", n)),
    ("backslashes in a label", |n| format!("[{}", fill("\\[", n))),
    ("footnotes", |n| count(n, |i| format!("a[^{i}]\n\n[^{i}]: b\n\n"))),
    ("footnote referenced often", |n| format!("[^a]: b\n\n{}", fill("[^a]", n))),
    ("footnotes unreferenced", |n| count(n, |i| format!("[^{i}]: b\n\n"))),
    ("footnote definitions alike", |n| fill("[^a]: b\n\n", n)),
    ("footnote openings", |n| fill("[^", n)),
    ("footnote references unknown", |n| fill("[^a]", n)),
    ("footnotes in footnotes, then lazy lines", |n| {
        format!("{}a\n{}", fill("[^a]: ", n / 2), fill("b\n", n / 2))
    }),
    ("quotes in footnotes, then lazy lines", |n| {
        format!("[^a]: {}a\n{}", fill("> ", n / 2), fill("b\n", n / 2))
    }),
    ("quotes, then lazy lines ended by returns", |n| {
        format!("{}a\r{}", fill("> ", n / 2), fill("a\r", n / 2))
    }),
    ("footnotes in footnotes", |n| format!("{}a", fill("[^a]: ", n))),
    ("footnotes that refer on", |n| count(n, |i| format!("[^{i}]: b[^{}]\n\n", i + 1))),
    ("footnote, then lazy lines", |n| format!("[^a]: b\n{}", fill("    c\n", n))),
    // Ours.
    ("callouts", |n| fill("> [!NOTE] a\n\n", n)),
    ("nested callouts", |n| format!("{}a", fill("> [!NOTE]\n", n))),
    ("callouts side by side and inside", |n| count(n, |i| format!("{} [!QUOTE] a\n", ">".repeat(i + 1)))),
    ("callout titles of links", |n| fill("> [!QUOTE] [a](b) *c*\n", n)),
    ("callout mark unclosed", |n| format!("> [!{}", fill("A", n))),
    ("images alone", |n| fill("![a](b)\n\n", n)),
    ("task lists", |n| fill("- [ ] a\n", n)),
    ("task list marks", |n| format!("- {}", fill("[ ] ", n))),
    ("sections", |n| fill("## a {.positive}\n", n)),
];
