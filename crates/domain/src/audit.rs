//! What happens to accounts, for those who have to look into it later.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use crate::{AuditEntryId, UserId};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
crate::texts!(AuditAction {
    SessionOpened = "session.opened",
    SignInRefused = "session.refused",
    SessionClosed = "session.closed",
    OtherSessionsClosed = "session.others_closed",
    PasswordChanged = "password.changed",
    PasswordReset = "password.reset",
    ResetLinkMade = "password.link_made",
    NameChanged = "user.name_changed",
    TwoFactorOn = "two_factor.on",
    TwoFactorOff = "two_factor.off",
    RecoveryCodeUsed = "two_factor.recovery_code_used",
    PasskeyAdded = "passkey.added",
    PasskeyRemoved = "passkey.removed",
    PinChanged = "pin.changed",
    PinRefused = "pin.refused",
    KeyMade = "key.made",
    KeyRevoked = "key.revoked",
    UserMade = "user.made",
    UserInvited = "user.invited",
    InvitationRevoked = "user.invitation_revoked",
    UserJoined = "user.joined",
    RoleChanged = "user.role_changed",
    QuotaChanged = "user.quota_changed",
    UserDisabled = "user.disabled",
    UserEnabled = "user.enabled",
    UserDeleted = "user.deleted",
    UserRestored = "user.restored",
    UserPurged = "user.purged",
    LibraryTransferred = "library.transferred",
    LibraryMemberSet = "library.member_set",
    LibraryMemberRemoved = "library.member_removed",
    PartnerAdded = "partner.added",
    PartnerRemoved = "partner.removed",
    LinkMade = "link.made",
    LinkChanged = "link.changed",
    LinkReissued = "link.reissued",
    LinkRevoked = "link.revoked",
    LinkRefused = "link.refused",
});

/// Who does something to an account, and from where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// Nobody where it is a command, or somebody who is not signed in.
    pub actor: Option<UserId>,
    /// Of a request.
    pub address: Option<IpAddr>,
}

impl Origin {
    /// A command of whoever runs the machine, or the server itself.
    pub const MACHINE: Self = Self { actor: None, address: None };
}

/// Something that happened to an account. Names are as they were then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Identity; later ones are greater.
    pub id: AuditEntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub action: AuditAction,
    /// Whose account it is about.
    pub user_name: Option<String>,
    /// Who did it.
    pub actor_name: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// What else there is to say, in words.
    pub detail: Option<String>,
}
