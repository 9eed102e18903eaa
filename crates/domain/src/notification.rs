//! What people are told, by what, and in which words where the web app is not there to say it.

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotificationKind {
    /// An album was shared with them.
    AlbumShared,
    /// Something was put into an album that they see.
    AlbumAdded,
    /// Somebody commented in an album that they see.
    AlbumCommented,
    /// Somebody liked an album that they see, or something in it.
    AlbumLiked,
    /// Somebody without an account added something by a public link of theirs.
    LinkCollected,
    /// They were let into a library.
    LibraryShared,
    /// Somebody lets them look at all of their photos.
    PartnerAdded,
    /// Somebody whom they have invited has an account now.
    InvitationAccepted,
    /// Their account was signed in to by a client that is new to it.
    SignedIn,
    /// What they may store is nearly used up.
    QuotaNearlyFull,
    /// Work on files failed for good. For administrators.
    JobsFailed,
}
crate::texts!(NotificationKind {
    AlbumShared = "album.shared",
    AlbumAdded = "album.added",
    AlbumCommented = "album.commented",
    AlbumLiked = "album.liked",
    LinkCollected = "link.collected",
    LibraryShared = "library.shared",
    PartnerAdded = "partner.added",
    InvitationAccepted = "invitation.accepted",
    SignedIn = "session.opened",
    QuotaNearlyFull = "quota.nearly_full",
    JobsFailed = "jobs.failed",
});

/// By what somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// In the app.
    App,
    /// By e-mail.
    Mail,
    /// By their browser, also while the app is closed.
    Push,
}
crate::texts!(Channel { App = "app", Mail = "mail", Push = "push" });

impl NotificationKind {
    /// Whether somebody who has not said otherwise is told by this.
    pub fn wanted_by_default(self, channel: Channel) -> bool {
        match channel {
            Channel::App => true,
            Channel::Push => self != Self::JobsFailed,
            Channel::Mail => {
                !matches!(self, Self::AlbumAdded | Self::AlbumLiked | Self::LinkCollected | Self::JobsFailed)
            }
        }
    }

    /// The page of the web app that it leads to, where it is about no album.
    pub fn page(self) -> &'static str {
        match self {
            Self::AlbumShared | Self::AlbumAdded | Self::AlbumCommented | Self::AlbumLiked => "/albums",
            Self::LibraryShared | Self::JobsFailed => "/libraries",
            Self::PartnerAdded | Self::LinkCollected => "/photos",
            Self::InvitationAccepted => "/users",
            Self::SignedIn | Self::QuotaNearlyFull => "/settings",
        }
    }

    /// For how many seconds more of the same is gathered before it leaves the house.
    pub fn gathered_s(self, channel: Channel) -> i32 {
        let comes_often = matches!(
            self,
            Self::AlbumAdded
                | Self::AlbumCommented
                | Self::AlbumLiked
                | Self::LinkCollected
                | Self::JobsFailed
        );
        match (comes_often, channel) {
            (false, _) | (true, Channel::App) => 0,
            (true, Channel::Push) => 30,
            (true, Channel::Mail) => 600,
        }
    }
}

/// What a letter or a push says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'a> {
    /// What happened.
    pub kind: NotificationKind,
    /// Who did it.
    pub actor: Option<&'a str>,
    /// What the album or library is called.
    pub object: Option<&'a str>,
    /// How often.
    pub count: i32,
    /// What else there is to say.
    pub detail: Option<&'a str>,
}

impl Told<'_> {
    /// One sentence, without a full stop.
    pub fn title(&self) -> String {
        use NotificationKind as Kind;
        let who = self.actor.unwrap_or("Somebody");
        let of = self.object.map(|name| format!("“{name}”")).unwrap_or_default();
        let count = self.count;
        match self.kind {
            Kind::AlbumShared => format!("{who} shared the album {of} with you"),
            Kind::AlbumAdded if count == 1 => format!("{who} added a photo to {of}"),
            Kind::AlbumAdded => format!("{who} added {count} photos to {of}"),
            Kind::AlbumCommented if count == 1 => format!("{who} commented in {of}"),
            Kind::AlbumCommented => format!("{who} wrote {count} comments in {of}"),
            Kind::AlbumLiked => format!("{who} likes something in {of}"),
            Kind::LinkCollected if count == 1 => format!("A photo came into {of} by your link"),
            Kind::LinkCollected => format!("{count} photos came into {of} by your link"),
            Kind::LibraryShared => format!("{who} let you into the library {of}"),
            Kind::PartnerAdded => format!("{who} lets you see all their photos"),
            Kind::InvitationAccepted => format!("{who} accepted your invitation"),
            Kind::SignedIn => match self.detail {
                Some(client) => format!("Your account was signed in to: {client}"),
                None => "Your account was signed in to".to_owned(),
            },
            Kind::QuotaNearlyFull => "Your storage is nearly full".to_owned(),
            Kind::JobsFailed if count == 1 => "A file could not be taken in".to_owned(),
            Kind::JobsFailed => format!("{count} files could not be taken in"),
        }
    }

    /// What to do about it, where there is something to do.
    pub fn advice(&self) -> Option<&'static str> {
        match self.kind {
            NotificationKind::SignedIn => {
                Some("If that was not you, change your password and sign out everywhere else.")
            }
            NotificationKind::QuotaNearlyFull => {
                Some("Uploads stop when it is full. Empty the trash, or ask an administrator for more.")
            }
            NotificationKind::JobsFailed => {
                Some("The files are safe as they are. Libraries shows why each failed.")
            }
            _ => None,
        }
    }
}

/// Push services of browsers: hosts, and endings of hosts.
const SERVICES: [&str; 4] =
    ["fcm.googleapis.com", ".push.services.mozilla.com", "web.push.apple.com", ".notify.windows.com"];

/// Whether an address is that of a browser at a known push service, or at one of these servers.
pub fn is_push_service(endpoint: &str, more: &[&str]) -> bool {
    let plain = endpoint.chars().all(|letter| letter.is_ascii_graphic());
    let is_at = |origin: &&str| endpoint.strip_prefix(*origin).is_some_and(|path| path.starts_with('/'));
    let host = endpoint.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    let is_known = |host: &str| {
        let ends = |service: &&str| service.starts_with('.') && host.ends_with(*service);
        let is_name = host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter));
        is_name && SERVICES.iter().any(|service| host == *service || ends(service))
    };
    plain && (host.is_some_and(is_known) || more.iter().any(is_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_says_who_and_what_and_how_often() {
        for &kind in NotificationKind::ALL {
            let told = Told { kind, actor: Some("Ana"), object: Some("Lisbon"), count: 3, detail: None };
            let title = told.title();
            assert!(!title.ends_with('.') && title.chars().count() < 80, "{title}");
        }
        let told = |count| Told {
            kind: NotificationKind::AlbumAdded,
            actor: Some("Ana"),
            object: Some("Lisbon"),
            count,
            detail: None,
        };
        assert_eq!(told(1).title(), "Ana added a photo to “Lisbon”");
        assert_eq!(told(3).title(), "Ana added 3 photos to “Lisbon”");
    }

    #[test]
    fn nothing_is_sent_to_servers_that_are_no_push_services() {
        let own = ["http://127.0.0.1:9000"];
        for known in [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
            "https://wns2-par02p.notify.windows.com/w/?token=abc",
            "https://web.push.apple.com/abc",
            "http://127.0.0.1:9000/abc",
        ] {
            assert!(is_push_service(known, &own), "{known}");
        }
        for other in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://fcm.googleapis.com@evil.example/x",
            "https://evil.example/.notify.windows.com/",
            "https://evil.example\\.notify.windows.com/",
            "https://127.0.0.1/x",
            "http://127.0.0.1:90001/x",
            "https://fcm.googleapis.com:25/x",
            "",
        ] {
            assert!(!is_push_service(other, &own), "{other}");
        }
    }
}
