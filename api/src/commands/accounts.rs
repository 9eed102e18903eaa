//! Accounts from a shell: for whoever runs the machine.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail};
use boot::Settings;
use clap::{Subcommand, ValueEnum};
use domain::audit::Origin;
use domain::user::{User, UserRole};
use store::Store;

use super::{say, store};
use crate::actions::accounts::{Applicant, problems};
use crate::actions::users::RESET_HOURS;
use crate::auth::{password, token};

/// Accounts.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Make an account. Its password is made up and printed, unless it is given by --password-stdin.
    Add {
        /// E-mail address, to sign in with.
        email: String,
        /// Name, as others see it.
        #[arg(long)]
        name: Option<String>,
        /// What the person may do on this server.
        #[arg(long, value_enum, default_value = "user")]
        role: Role,
        /// Read the password from standard input instead of making one up.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Ask a person for no codes any more who has lost the authenticator app and the recovery codes.
    RemoveTwoFactor {
        /// E-mail address of the account.
        email: String,
    },
    /// Print a one-time address, good for a day, at which that person sets a new password.
    ResetLink {
        /// E-mail address of the account.
        email: String,
    },
    /// Set a new password and end all sessions of that person. It is made up and printed,
    /// unless it is given by --password-stdin.
    ResetPassword {
        /// E-mail address of the account.
        email: String,
        /// Read the password from standard input instead of making one up.
        #[arg(long)]
        password_stdin: bool,
    },
}

/// What a person may do on this server.
#[derive(Clone, Copy, ValueEnum)]
pub enum Role {
    /// Run it.
    Admin,
    /// Have libraries of their own.
    User,
    /// See what is shared with them.
    Guest,
}

impl From<Role> for UserRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::User => Self::User,
            Role::Guest => Self::Guest,
        }
    }
}

/// Prints a new one-time address at which the first account is made; nothing if there is one already.
pub async fn setup_link() -> anyhow::Result<()> {
    let settings = Settings::load()?;
    let store = store(&settings).await?;
    if !store.needs_setup().await? {
        bail!("there is an account already; sign in, or use {}", boot::command("tessera-api user add"));
    }
    let (token, hash) = token::new();
    store.set_setup_token(&hash).await?;
    say(&link(&settings, "setup", &token))
}

/// An address with a token, which stands behind the #, so that it is sent to no server and stands in no log.
fn link(settings: &Settings, page: &str, token: &str) -> String {
    let base = match &settings.public_url {
        Some(url) => url.as_str().to_owned(),
        None => format!("http://{}", reachable(settings.listen)),
    };
    format!("{base}/{page}#{token}")
}

/// Does what an account command says.
pub async fn user(command: UserCommand) -> anyhow::Result<()> {
    let settings = Settings::load()?;
    let store = store(&settings).await?;
    match command {
        UserCommand::Add { email, name, role, password_stdin } => {
            let (password, made_up) = choose_password(password_stdin)?;
            let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or(&email).to_owned());
            let who = Applicant { name: &name, email: &email, password: &password };
            if let Some(problem) = problems(&who).first() {
                bail!("{}", problem.message);
            }
            let hash = password::hash(&password).await?;
            if store.add_user(name.trim(), email.trim(), &hash, role.into()).await?.is_none() {
                bail!("there is an account with this e-mail address already: {email}");
            }
            say(&format!("The account {email} was made."))?;
            tell(&password, made_up)
        }
        UserCommand::RemoveTwoFactor { email } => {
            let user = found(&store, &email).await?;
            if !store.remove_totp(user.id, &Origin::MACHINE).await? {
                bail!("no codes are asked of this account: {email}");
            }
            say(&format!("{email} signs in by password alone now."))
        }
        UserCommand::ResetLink { email } => {
            let user = found(&store, &email).await?;
            let (token, hash) = token::new();
            if !store.set_reset_token(user.id, &hash, RESET_HOURS, &Origin::MACHINE).await? {
                bail!("this account is disabled or being deleted: {email}");
            }
            say(&link(&settings, "reset", &token))
        }
        UserCommand::ResetPassword { email, password_stdin } => {
            let user = found(&store, &email).await?;
            let (password, made_up) = choose_password(password_stdin)?;
            if let Some(problem) = password::problem(&password) {
                bail!("{problem}");
            }
            let hash = password::hash(&password).await?;
            store.set_password(user.id, &hash, None, true, &Origin::MACHINE).await?;
            say(&format!("{email} has a new password, and is signed out everywhere."))?;
            tell(&password, made_up)
        }
    }
}

async fn found(store: &Store, email: &str) -> anyhow::Result<User> {
    let user = store.user_by_email(email).await?;
    user.with_context(|| format!("there is no account with this e-mail address: {email}"))
}

fn choose_password(from_stdin: bool) -> anyhow::Result<(String, bool)> {
    if !from_stdin {
        // 144 random bits: 24 letters that nobody guesses.
        return Ok((token::new().0.chars().take(24).collect(), true));
    }
    if std::io::stdin().is_terminal() {
        say("Password (it is shown while you type):")?;
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password could be read from standard input")?;
    Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false))
}

fn tell(password: &str, made_up: bool) -> anyhow::Result<()> {
    if made_up { say(&format!("Password: {password}")) } else { Ok(()) }
}

/// An address that a browser on this machine can open.
fn reachable(listen: std::net::SocketAddr) -> String {
    if listen.ip().is_unspecified() { format!("localhost:{}", listen.port()) } else { listen.to_string() }
}
