//! Other people's accounts, for those who run the server; and libraries that change hands.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use domain::{LibraryId, UserId};
use store::AccountChange;

use crate::actions::accounts::Outcome;
use crate::actions::users;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::scalars::Long;
use crate::graphql::types::account::Account;
use crate::graphql::types::user::UserRole;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Users;

/// What is to be another way with an account; what is left out stays.
#[derive(InputObject)]
pub struct UserUpdateInput {
    /// Whose.
    id: ID,
    /// What they may do on this server.
    role: Option<UserRole>,
    /// How many bytes they may store; null: without limit.
    quota_bytes: MaybeUndefined<Long>,
    /// Whether they may not sign in. Who is disabled is signed out everywhere.
    disabled: Option<bool>,
}

/// Which account.
#[derive(InputObject)]
pub struct UserDeleteInput {
    /// Whose.
    id: ID,
}

/// Which account.
#[derive(InputObject)]
pub struct UserRestoreInput {
    /// Whose.
    id: ID,
}

/// The account as it stands now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct UserPayload {
    /// It.
    account: Option<Account>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Who is to set a new password.
#[derive(InputObject)]
pub struct UserResetLinkInput {
    /// Whose.
    id: ID,
}

/// What a link is made of, or why there is none.
#[derive(SimpleObject)]
pub struct UserResetLinkPayload {
    /// The link is `/reset#` with this; good for a day, shown once. An earlier one is no longer good.
    token: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which library goes over to whom.
#[derive(InputObject)]
pub struct LibraryTransferInput {
    /// It.
    library_id: ID,
    /// Who is to own it.
    user_id: ID,
    /// Who owns it now; the viewer without it. Others for administrators only.
    owner_id: Option<ID>,
}

/// Whether it went over.
#[derive(SimpleObject)]
pub struct LibraryTransferPayload {
    /// Global id of the library that has another owner now.
    library_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Users {
    /// Changes an account's role and quota, and whether its person may sign in. For administrators; one of them is always
    /// left.
    async fn user_update(
        &self,
        context: &Context<'_>,
        input: UserUpdateInput,
    ) -> async_graphql::Result<UserPayload> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        let change = AccountChange {
            role: input.role.map(Into::into),
            quota: input.quota_bytes.map_value(|bytes| bytes.0).into(),
            disabled: input.disabled,
        };
        let user: UserId = id(&input.id)?;
        payload(users::change(&cx.app, &cx.auth, user, &change).await)
    }

    /// Begins to delete an account: its person is signed out at once. Until `deleteAt` it can be restored; then it goes for
    /// good, with the libraries that nobody else owns. For administrators.
    async fn user_delete(
        &self,
        context: &Context<'_>,
        input: UserDeleteInput,
    ) -> async_graphql::Result<UserPayload> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        payload(users::delete(&cx.app, &cx.auth, id(&input.id)?).await)
    }

    /// Leaves an account as it was before it was to be deleted. For administrators.
    async fn user_restore(
        &self,
        context: &Context<'_>,
        input: UserRestoreInput,
    ) -> async_graphql::Result<UserPayload> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        payload(users::restore(&cx.app, &cx.auth, id(&input.id)?).await)
    }

    /// Makes a link by which a person sets a new password without knowing the old one. For administrators.
    async fn user_reset_link(
        &self,
        context: &Context<'_>,
        input: UserResetLinkInput,
    ) -> async_graphql::Result<UserResetLinkPayload> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        let (token, user_errors) = match users::reset_link(&cx.app, &cx.auth, id(&input.id)?).await? {
            Ok(token) => (Some(token), Vec::new()),
            Err(user_errors) => (None, user_errors),
        };
        Ok(UserResetLinkPayload { token, user_errors })
    }

    /// Makes another person the owner of a library; who was it before is an editor then. Its owner may choose among its
    /// members, administrators may choose anybody.
    async fn library_transfer(
        &self,
        context: &Context<'_>,
        input: LibraryTransferInput,
    ) -> async_graphql::Result<LibraryTransferPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let library: LibraryId = id(&input.library_id)?;
        let from: Option<UserId> = input.owner_id.as_ref().map(id).transpose()?;
        let done = users::transfer(&cx.app, &cx.auth, library, from, id(&input.user_id)?).await?;
        let (library_id, user_errors) = match done {
            Ok(()) => (Some(input.library_id), Vec::new()),
            Err(user_errors) => (None, user_errors),
        };
        Ok(LibraryTransferPayload { library_id, user_errors })
    }
}

fn payload(outcome: Outcome<domain::user::Account>) -> async_graphql::Result<UserPayload> {
    Ok(match outcome? {
        Ok(account) => UserPayload { account: Some(Account(account)), user_errors: Vec::new() },
        Err(user_errors) => UserPayload { account: None, user_errors },
    })
}
