//! Libraries, and who is in them.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{LibraryId, UserId};

use crate::actions::accounts::Outcome;
use crate::actions::libraries;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::types::library::{Library, LibraryRole};
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct Libraries;

/// A new library.
#[derive(InputObject)]
pub struct LibraryCreateInput {
    /// At most 100 characters.
    name: String,
}

/// The library, or why there is none.
#[derive(SimpleObject)]
pub struct LibraryPayload {
    /// It.
    library: Option<Library>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which library to look through.
#[derive(InputObject)]
pub struct LibraryScanInput {
    /// It.
    library_id: ID,
}

/// What is to be another way with a library.
#[derive(InputObject)]
pub struct LibraryUpdateInput {
    /// Which one.
    library_id: ID,
    /// What it is to be called; at most 100 characters.
    name: String,
}

/// Who is to be in a library, and as what.
#[derive(InputObject)]
pub struct LibraryMemberSetInput {
    /// Which one.
    library_id: ID,
    /// Accounts, as `personSearch` names them; at most 100.
    user_ids: Vec<ID>,
    /// As what, editor or viewer; null ends it for them. Whoever names themselves and null leaves the library.
    role: Option<LibraryRole>,
}

#[Object]
impl Libraries {
    /// Makes a library that the viewer owns.
    async fn library_create(
        &self,
        context: &Context<'_>,
        input: LibraryCreateInput,
    ) -> async_graphql::Result<LibraryPayload> {
        let cx = Cx::of(context)?;
        match libraries::create(&cx.app, &cx.auth, &input.name).await? {
            Ok(id) => {
                let library = cx.loader.load_one(id).await?.map(Library);
                Ok(LibraryPayload { library, user_errors: Vec::new() })
            }
            Err(user_errors) => Ok(LibraryPayload { library: None, user_errors }),
        }
    }

    /// Has a library's folders looked through now for what is new, changed, moved or gone. Each is looked through
    /// every quarter of an hour anyway.
    async fn library_scan(
        &self,
        context: &Context<'_>,
        input: LibraryScanInput,
    ) -> async_graphql::Result<LibraryPayload> {
        let cx = Cx::of(context)?;
        let library: LibraryId = id(&input.library_id)?;
        match libraries::scan(&cx.app, &cx.auth, library).await {
            Ok(()) => {
                let library = cx.loader.load_one(library).await?.map(Library);
                Ok(LibraryPayload { library, user_errors: Vec::new() })
            }
            Err(error @ ApiError::NotFound) => {
                let user_errors =
                    vec![UserError::of("libraryId", UserErrorCode::NotFound, error.to_string())];
                Ok(LibraryPayload { library: None, user_errors })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Calls a library something else. For its owner.
    async fn library_update(
        &self,
        context: &Context<'_>,
        input: LibraryUpdateInput,
    ) -> async_graphql::Result<LibraryPayload> {
        let cx = Cx::of(context)?;
        let library: LibraryId = id(&input.library_id)?;
        payload(cx, library, libraries::rename(&cx.app, &cx.auth, library, &input.name).await).await
    }

    /// Lets people into a library, changes as what they are in it, or ends it for them. For its owner; everybody else may leave.
    /// The library is null in the answer for those who have left it.
    async fn library_member_set(
        &self,
        context: &Context<'_>,
        input: LibraryMemberSetInput,
    ) -> async_graphql::Result<LibraryPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let library: LibraryId = id(&input.library_id)?;
        let users: Vec<UserId> = ids(&input.user_ids, libraries::MOST)?;
        let role = input.role.map(Into::into);
        payload(cx, library, libraries::set_members(&cx.app, &cx.auth, library, &users, role).await).await
    }
}

async fn payload(cx: &Cx, library: LibraryId, done: Outcome<()>) -> async_graphql::Result<LibraryPayload> {
    Ok(match done? {
        Ok(()) => {
            let library = cx.loader.load_one(library).await?.map(Library);
            LibraryPayload { library, user_errors: Vec::new() }
        }
        Err(user_errors) => LibraryPayload { library: None, user_errors },
    })
}
