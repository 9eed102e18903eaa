//! Public links.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use domain::share::{Grants, MOST_ASSETS};
use domain::{AlbumId, AssetId, LibraryId, ShareLinkId};

use crate::actions::links::{self, Wanted};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::scalars::Moment;
use crate::graphql::types::link::ShareLink;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct LinkActs;

/// A public link to be made, to an album or to assets.
#[derive(InputObject)]
pub struct ShareLinkCreateInput {
    /// The album that it shows, now and later; what lies in albums within it is not shown.
    album_id: Option<ID>,
    /// The assets that it shows; at most 5,000.
    asset_ids: Option<Vec<ID>>,
    /// What it is called; an album's name without it.
    title: Option<String>,
    /// What stands before the token in its address, to be read; letters, digits and hyphens are kept of it.
    slug: Option<String>,
    /// What it asks for before it shows anything; nothing without it.
    password: Option<String>,
    /// When it ends; never without it.
    expires_at: Option<Moment>,
    /// Whether it shows anything.
    #[graphql(default = true)]
    view: bool,
    /// Whether what it shows may be saved.
    #[graphql(default = true)]
    download: bool,
    /// Whether people may add to it.
    #[graphql(default = false)]
    upload: bool,
    /// Whether names, dates, words and cameras are told.
    #[graphql(default = true)]
    metadata: bool,
    /// Whether it is told where something was taken. Otherwise no byte that it gives out tells: originals are not given out.
    #[graphql(default = false)]
    location: bool,
    /// In which library uploads are kept; needed where people may add.
    library_id: Option<ID>,
}

/// What to change of a public link; what is left out stays as it is.
#[derive(InputObject)]
pub struct ShareLinkUpdateInput {
    /// Which.
    id: ID,
    /// The assets that it shows instead; not for a link to an album. At most 5,000.
    asset_ids: Option<Vec<ID>>,
    /// What it is called.
    title: Option<String>,
    /// What stands before the token in its address.
    slug: Option<String>,
    /// What it asks for; null for nothing. Whoever has it open must say the new one.
    password: MaybeUndefined<String>,
    /// When it ends; null for never.
    expires_at: MaybeUndefined<Moment>,
    /// Whether it shows anything.
    view: Option<bool>,
    /// Whether what it shows may be saved.
    download: Option<bool>,
    /// Whether people may add to it.
    upload: Option<bool>,
    /// Whether names, dates, words and cameras are told.
    metadata: Option<bool>,
    /// Whether it is told where something was taken.
    location: Option<bool>,
    /// In which library uploads are kept.
    library_id: Option<ID>,
}

/// Which public link.
#[derive(InputObject)]
pub struct ShareLinkInput {
    /// It.
    id: ID,
}

/// A public link with its address, or why there is none.
#[derive(SimpleObject)]
pub struct ShareLinkAddressPayload {
    /// It.
    share_link: Option<ShareLink>,
    /// Its address on this server, `/share/…`; shown once.
    address: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// A public link, or why it did not change.
#[derive(SimpleObject)]
pub struct ShareLinkPayload {
    /// It.
    share_link: Option<ShareLink>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which public link is gone.
#[derive(SimpleObject)]
pub struct ShareLinkRevokePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl LinkActs {
    /// Makes a public link: everybody who holds its address sees an album of the viewer's, or some assets of theirs, without an
    /// account.
    async fn share_link_create(
        &self,
        context: &Context<'_>,
        input: ShareLinkCreateInput,
    ) -> async_graphql::Result<ShareLinkAddressPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: Option<AlbumId> = input.album_id.as_ref().map(id).transpose()?;
        let grants = Grants {
            view: input.view,
            download: input.download,
            upload: input.upload,
            metadata: input.metadata,
            location: input.location,
        };
        let wanted = Wanted {
            title: input.title,
            slug: input.slug,
            password: input.password.map(Some),
            expires_at: input.expires_at.map(|at| Some(at.0)),
            library: input.library_id.as_ref().map(id::<LibraryId>).transpose()?,
            assets: read(input.asset_ids.as_deref())?,
        };
        Ok(addressed(links::create(cx, album, &wanted, grants).await?))
    }

    /// Changes a public link of the viewer's own; its address stays the same.
    async fn share_link_update(
        &self,
        context: &Context<'_>,
        input: ShareLinkUpdateInput,
    ) -> async_graphql::Result<ShareLinkPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let link: ShareLinkId = id(&input.id)?;
        let wanted = Wanted {
            title: input.title,
            slug: input.slug,
            password: maybe(input.password),
            expires_at: maybe(input.expires_at).map(|at| at.map(|at| at.0)),
            library: input.library_id.as_ref().map(id::<LibraryId>).transpose()?,
            assets: read(input.asset_ids.as_deref())?,
        };
        let grants = |known: Grants| Grants {
            view: input.view.unwrap_or(known.view),
            download: input.download.unwrap_or(known.download),
            upload: input.upload.unwrap_or(known.upload),
            metadata: input.metadata.unwrap_or(known.metadata),
            location: input.location.unwrap_or(known.location),
        };
        Ok(match links::update(cx, link, &wanted, grants).await? {
            Ok(link) => ShareLinkPayload { share_link: Some(ShareLink(link)), user_errors: Vec::new() },
            Err(user_errors) => ShareLinkPayload { share_link: None, user_errors },
        })
    }

    /// Gives a public link of the viewer's own another address; the old one shows nothing any more.
    async fn share_link_reissue(
        &self,
        context: &Context<'_>,
        input: ShareLinkInput,
    ) -> async_graphql::Result<ShareLinkAddressPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        Ok(addressed(links::reissue(cx, id(&input.id)?).await?))
    }

    /// Revokes a public link of the viewer's own: whoever holds it sees nothing more, within a second.
    async fn share_link_revoke(
        &self,
        context: &Context<'_>,
        input: ShareLinkInput,
    ) -> async_graphql::Result<ShareLinkRevokePayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        Ok(match links::revoke(cx, id(&input.id)?).await? {
            Ok(()) => ShareLinkRevokePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => ShareLinkRevokePayload { deleted_id: None, user_errors },
        })
    }
}

fn read(given: Option<&[ID]>) -> Result<Option<Vec<AssetId>>, ApiError> {
    given.map(|given| ids(given, MOST_ASSETS)).transpose()
}

fn maybe<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

fn addressed(done: Result<links::WithAddress, Vec<UserError>>) -> ShareLinkAddressPayload {
    match done {
        Ok((link, address)) => ShareLinkAddressPayload {
            share_link: Some(ShareLink(link)),
            address: Some(address),
            user_errors: Vec::new(),
        },
        Err(user_errors) => ShareLinkAddressPayload { share_link: None, address: None, user_errors },
    }
}
