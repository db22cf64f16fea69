//! A draft begins.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use uuid::Uuid;
use weerklank_api::desk::drafts::{Begun as Told, Request};
use weerklank_domain::{
    Comments, Slug, Source, Status,
    compose::{Sheet, SheetKey, limits},
    desk::Act,
};
use weerklank_markdown::sheet_of;
use weerklank_store::{About, Begun, Editor, NewDraft};

use super::super::{MAX_BODY, told};
use crate::{
    app::App,
    auth::SignedIn,
    composing::sheet_of_experiences,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read},
    },
};

/// Begins one, or names the one that there is.
pub async fn begin(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let made_of: Vec<Uuid> = request.experiences.iter().map(|id| told::id(id)).collect::<Result<_, _>>()?;
    let is_twice = made_of.len() == limits::TOGETHER && made_of[0] == made_of[1];
    if made_of.len() > limits::TOGETHER || is_twice {
        return Err(Problem::invalid_body("`experiences`: one, or two that differ for a pair").into());
    }
    if request.column.is_some() && !made_of.is_empty() {
        return Err(Problem::invalid_body("name experiences or a column, not both").into());
    }
    let column = request.column.as_deref().map(str::parse::<Slug>).transpose();
    let column = column.map_err(|_| Problem::not_found())?;
    let sheet = match &column {
        Some(slug) => of_column(&app, slug).await?,
        None if made_of.is_empty() => of_nothing(&request, editor),
        None => of_experiences(&app, &made_of, editor).await?,
    };
    let sheet = sheet.kept().map_err(Problem::invalid_body)?;
    let new = NewDraft { sheet: &sheet, made_of: &made_of, column: column.as_ref() };
    let begun = Box::pin(app.store.begin_draft(&new, editor.id, app.clock.now())).await;
    let (status, id) = match begun.map_err(Problem::from)? {
        Begun::New(id) => (StatusCode::CREATED, id),
        Begun::Known(id) => (StatusCode::OK, id),
        Begun::InAnother(_) => {
            let title = "One of the two is a part of another draft; throw that away first, or go on with it";
            return Err(Problem::conflict("in-another-draft", title).into());
        }
        Begun::NotAccepted => return Err(not_accepted().into()),
        Begun::Nothing => return Err(Problem::not_found().into()),
    };
    Ok(private(status, &Told { id: id.to_string() }))
}

fn not_accepted() -> Problem {
    Problem::conflict("not-accepted", "An experience becomes a column once it is accepted")
}

fn of_nothing(request: &Request, editor: &Editor) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.set(SheetKey::Lang, request.lang.unwrap_or(editor.lang).as_str());
    sheet.set(SheetKey::Authors, editor.name.clone());
    sheet.set(SheetKey::Source, Source::Own.as_str());
    sheet.set(SheetKey::Comments, Comments::Open.as_str());
    sheet
}

async fn of_column(app: &App, slug: &Slug) -> Result<Sheet, Problem> {
    let stored = app.store.column(slug).await?.ok_or_else(Problem::not_found)?;
    let mut sheet = sheet_of(&stored.column);
    if stored.column.status == Status::Scheduled {
        // What a file scheduled, the desk publishes by its own clock.
        sheet.set(SheetKey::Date, "");
    }
    Ok(sheet)
}

async fn of_experiences(app: &App, made_of: &[Uuid], editor: &Editor) -> Result<Sheet, Problem> {
    let mut experiences = Vec::with_capacity(made_of.len());
    for id in made_of {
        let found = Box::pin(app.store.queue_item(*id)).await?.ok_or_else(not_accepted)?;
        let About::Experience { stored, .. } = found.about else { return Err(not_accepted()) };
        experiences.push(stored.experience);
    }
    let sides: Vec<_> = experiences.iter().flat_map(|one| &one.halves).map(|half| half.side).collect();
    if experiences.len() > 1 && (1..sides.len()).any(|at| sides[at..].contains(&sides[at - 1])) {
        // Each sender of a pair is shown their own half, and there is one of each side.
        return Err(Problem::conflict("no-pair", "A pair is a positive and a negative experience"));
    }
    Ok(sheet_of_experiences(&experiences, &editor.name))
}
