//! The figures of `/about/transparency`, as tables: drawn by the server alone.

use leptos::prelude::*;
use weerklank_domain::Lang;
use weerklank_domain::desk::transparency::{Figure, Measure};
use weerklank_domain::desk::{Kind, Verdict};

use crate::routes::pattern;
use crate::words::Words;

/// All years, the last first; a sentence where nothing was decided yet.
pub fn tables_html(lang: Lang, figures: &[Figure]) -> String {
    let words = Words::new(lang);
    if figures.is_empty() {
        return format!("<p>{}</p>", words.transparency_nothing());
    }
    let years = figures.chunk_by(|a, b| a.year == b.year).map(|of_year| year(words, of_year));
    let html = Owner::new().with(|| years.collect_view().to_html());
    // Markers between nodes serve hydration; no text here holds one.
    html.replace("<!>", "")
}

fn year(words: Words, figures: &[Figure]) -> AnyView {
    let year = figures[0].year;
    let kinds = Kind::ALL.iter().filter(|kind| figures.iter().any(|figure| figure.kind == **kind));
    let kinds: Vec<_> = kinds.map(|one| kind(words, *one, figures)).collect();
    let (id, named_by) = (format!("j{year}"), format!("j{year}"));
    view! {
        <section aria-labelledby=named_by>
            <h2 id=id>{year.to_string()}</h2>
            {kinds}
            <p><a href=pattern::transparency_file(year) download=true>{words.transparency_file(&year.to_string())}</a></p>
        </section>
    }
    .into_any()
}

/// What was decided on one kind of thing.
fn kind(words: Words, kind: Kind, figures: &[Figure]) -> AnyView {
    let of_kind: Vec<&Figure> = figures.iter().filter(|figure| figure.kind == kind).collect();
    let of = |measure| of_kind.iter().filter(move |figure| figure.measure == measure).copied();
    let total: u64 = of(Measure::Decisions).map(|figure| figure.value).sum();
    let line = |what: String, value: String, class| {
        view! { <tr class=class><th scope="row">{what}</th><td class="align-right">{value}</td></tr> }
            .into_any()
    };
    let mut lines = Vec::new();
    for figure in of(Measure::Received) {
        lines.push(line(words.transparency_received().to_owned(), words.number(figure.value), ""));
    }
    for figure in of(Measure::Decisions) {
        lines.push(line(words.told(figure.verdict), words.number(figure.value), ""));
        let grounds = of(Measure::Grounds).filter(|ground| ground.verdict == figure.verdict);
        lines.extend(grounds.filter_map(|ground| {
            let what = format!("– {}", words.ground(ground.ground?));
            Some(line(what, words.number(ground.value), "deeper"))
        }));
    }
    if total > 0 {
        let sum = |measure| of(measure).map(|figure| figure.value).sum::<u64>();
        for (what, value) in [
            (words.transparency_total(), words.number(total)),
            (words.transparency_automated(), words.number(sum(Measure::Automated))),
            (words.transparency_median(), duration(words, sum(Measure::MedianMinutes))),
        ] {
            lines.push(line(what.to_owned(), value, ""));
        }
    }
    view! {
        <div class="table-scroll">
            <table>
                <caption>{words.kind(kind)}</caption>
                <thead><tr>
                    <th scope="col">{words.transparency_what()}</th>
                    <th scope="col" class="align-right">{words.transparency_number()}</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Minutes, in the largest unit of which there are at least two.
fn duration(words: Words, minutes: u64) -> String {
    match minutes {
        0..120 => words.transparency_minutes(minutes),
        120..2_880 => words.transparency_hours(minutes / 60),
        _ => words.transparency_days(minutes / 1_440),
    }
}

impl Words {
    fn told(self, verdict: Option<Verdict>) -> String {
        verdict.map(|verdict| self.transparency_verdict(verdict)).unwrap_or_default().to_owned()
    }

    fn transparency_verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Accept => self.transparency_accept(),
            Verdict::Ask => self.transparency_ask(),
            Verdict::Return => self.transparency_return(),
            Verdict::Reject => self.transparency_reject(),
            Verdict::Keep => self.transparency_keep(),
            Verdict::Remove => self.transparency_remove(),
            Verdict::Uphold => self.transparency_uphold(),
            Verdict::Overturn => self.transparency_overturn(),
        }
    }

    fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Experience => self.transparency_experience(),
            Kind::Comment => self.transparency_comment(),
            Kind::Report => self.transparency_report(),
            Kind::Appeal => self.transparency_appeal(),
            Kind::Reply => self.transparency_reply(),
        }
    }
}

#[cfg(test)]
mod tests {
    use weerklank_domain::desk::Ground;

    use super::*;

    #[test]
    fn each_year_has_its_tables_and_its_file() {
        let figure = |year, measure, verdict, ground, value| Figure {
            year,
            measure,
            kind: Kind::Experience,
            verdict,
            ground,
            value,
        };
        let figures = [
            figure(2026, Measure::Decisions, Some(Verdict::Accept), None, 1_200),
            figure(2026, Measure::Decisions, Some(Verdict::Reject), None, 3),
            figure(2026, Measure::Grounds, Some(Verdict::Reject), Some(Ground::Law), 3),
            figure(2026, Measure::MedianMinutes, None, None, 3_000),
            figure(2025, Measure::Decisions, Some(Verdict::Ask), None, 1),
        ];
        let html = tables_html(Lang::Nl, &figures);
        for part in [
            "<h2 id=\"j2026\">2026</h2>",
            ">1.200<",
            ">1.203<",
            "– Regel 6: de wet verbiedt het",
            ">2 dagen<",
            "href=\"/transparency/2025.csv\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(html.find("2026").unwrap() < html.find("2025").unwrap());
        assert!(tables_html(Lang::En, &[]).starts_with("<p>"));
    }
}
