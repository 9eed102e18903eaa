//! What happened to accounts.

use async_graphql::{Enum, ID, Object, SimpleObject};
use domain::audit;

use crate::graphql::page::PageInfo;
use crate::graphql::scalars::Moment;

/// Something that happened to an account.
#[derive(Clone)]
pub struct AuditEntry(pub audit::AuditEntry);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "audit::AuditAction")]
pub enum AuditAction {
    /// Somebody signed in.
    SessionOpened,
    /// Somebody did not: password, code or address did not fit.
    SignInRefused,
    /// A session was ended by its person.
    SessionClosed,
    /// All other sessions were ended.
    OtherSessionsClosed,
    /// A person changed their password.
    PasswordChanged,
    /// A password was set by a link or a command.
    PasswordReset,
    /// A link to set a password was made.
    ResetLinkMade,
    /// A person changed their name.
    NameChanged,
    /// Codes are asked for besides the password.
    TwoFactorOn,
    /// They are asked for no more.
    TwoFactorOff,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The PIN of a locked folder was set.
    PinChanged,
    /// A locked folder was not opened: the PIN was wrong.
    PinRefused,
    /// An API key was made.
    KeyMade,
    /// An API key was revoked.
    KeyRevoked,
    /// An account was made by the one-time address or a command.
    UserMade,
    /// Somebody was invited.
    UserInvited,
    /// An invitation was taken back.
    InvitationRevoked,
    /// An account was made by an invitation.
    UserJoined,
    /// A role was changed.
    RoleChanged,
    /// A quota was changed.
    QuotaChanged,
    /// An account was disabled.
    UserDisabled,
    /// An account was enabled again.
    UserEnabled,
    /// An account is being deleted.
    UserDeleted,
    /// An account is not deleted after all.
    UserRestored,
    /// An account and what it alone owned are gone.
    UserPurged,
    /// A library has another owner.
    LibraryTransferred,
    /// Somebody is in a library, or in it as something else.
    LibraryMemberSet,
    /// Somebody is in a library no more.
    LibraryMemberRemoved,
    /// A person lets another look at all that is in their libraries.
    PartnerAdded,
    /// They let them look no more.
    PartnerRemoved,
    /// A public link was made.
    LinkMade,
    /// What a public link shows or asks was changed.
    LinkChanged,
    /// A public link has another token: who held the old one sees nothing more.
    LinkReissued,
    /// A public link was revoked.
    LinkRevoked,
    /// A public link was not opened: the password was wrong.
    LinkRefused,
}

/// Something that happened to an account. Names are as they were then.
#[Object]
impl AuditEntry {
    /// Global id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When.
    async fn at(&self) -> Moment {
        Moment(self.0.at)
    }

    /// What.
    async fn action(&self) -> AuditAction {
        self.0.action.into()
    }

    /// Whose account it is about; null where that is nobody's.
    async fn user_name(&self) -> Option<&str> {
        self.0.user_name.as_deref()
    }

    /// Who did it; null for somebody who was not signed in, a command, or the server itself.
    async fn actor_name(&self) -> Option<&str> {
        self.0.actor_name.as_deref()
    }

    /// From which address; null for a command or the server itself.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// What else there is to say: the client that signed in, the name of a key.
    async fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }
}

/// What happened, a page at a time.
#[derive(SimpleObject)]
pub struct AuditEntryConnection {
    /// Entries with their cursors.
    pub edges: Vec<AuditEntryEdge>,
    /// The entries alone.
    pub nodes: Vec<AuditEntry>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// An entry in a page.
#[derive(SimpleObject)]
pub struct AuditEntryEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: AuditEntry,
}
