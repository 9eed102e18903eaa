//! `tessera-api`: serves the API, and does what an administrator does from a shell.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tessera_api::commands::{self, accounts};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Tessera's API server.
#[derive(Parser)]
#[command(version = boot::version(), about, arg_required_else_help = true)]
struct Arguments {
    /// Print the settings in force, or everything that is wrong with them, and end.
    #[arg(long)]
    check_config: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until asked to stop.
    Serve,
    /// Bring the database schema up to date.
    Migrate,
    /// To be called once after the database was restored from a backup, before the servers start: clients and the
    /// search index then start over instead of going on from what is no more.
    Restored,
    /// Print the GraphQL schema.
    Schema,
    /// Print a new one-time address at which the first account is made.
    SetupLink,
    /// Accounts.
    #[command(subcommand)]
    User(accounts::UserCommand),
}

fn main() -> ExitCode {
    boot::built_from(option_env!("BUILD_COMMIT"));
    let arguments = Arguments::parse();
    if arguments.check_config {
        return boot::check_config();
    }
    let done = match arguments.command {
        Some(Command::Schema) => commands::print_schema(),
        Some(Command::Serve) => commands::run(commands::serve::serve()),
        Some(Command::Migrate) => commands::run(commands::migrate()),
        Some(Command::Restored) => commands::run(commands::restored()),
        Some(Command::SetupLink) => commands::run(accounts::setup_link()),
        Some(Command::User(command)) => commands::run(accounts::user(command)),
        None => return ExitCode::FAILURE,
    };
    commands::exit(done)
}
