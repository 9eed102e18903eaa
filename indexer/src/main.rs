//! `tessera-indexer`: imports folders, runs jobs, writes the search index.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tessera_indexer::commands::{self, ExportSidecars, Import, NewLibrary};

// It gives memory back that a burst of work has left behind; see `commands::run`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Imports folders, runs jobs, writes the search index.
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
    /// Work until asked to stop.
    Run,
    /// Import a folder into a person's library, show how it goes, and end when all is done.
    Import {
        /// The folder.
        folder: PathBuf,
        /// E-mail address of the person.
        #[arg(long)]
        owner: String,
        /// The library's name; it is made if there is none. Otherwise the person's first library. A folder that was
        /// imported before stays in its library.
        #[arg(long)]
        library: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Libraries.
    #[command(subcommand)]
    Library(LibraryCommand),
    /// Look through a registered folder again, or through all.
    Scan {
        /// The folder.
        folder: Option<PathBuf>,
    },
    /// Write an XMP sidecar of each asset that people have changed, for other programs, in a tree like that of the
    /// originals. These are not touched.
    ExportSidecars {
        /// The folder to write to; it is made if it is not there.
        folder: PathBuf,
        /// Of all assets, not only of those that people have changed.
        #[arg(long)]
        all: bool,
        /// E-mail address of the person whose libraries are meant; all libraries without it.
        #[arg(long)]
        owner: Option<String>,
    },
    /// Build the search index anew; the one in use answers until then.
    Reindex,
    /// Make everything anew that is derived: metadata, pictures, counts, the search index.
    Rebuild,
}

#[derive(Subcommand)]
enum LibraryCommand {
    /// Make a folder a library, which a running indexer imports at once. A folder that is one already is looked
    /// through again.
    Add {
        /// The folder.
        folder: PathBuf,
        /// E-mail address of its owner. Without one it belongs to the first administrator, who may be yet to come.
        #[arg(long)]
        owner: Option<String>,
        /// What it is called; otherwise as the folder.
        #[arg(long)]
        name: Option<String>,
        /// Copy the files into the data folder instead of leaving them where they are.
        #[arg(long)]
        copy: bool,
    },
}

#[derive(Args)]
#[group(multiple = false)]
struct Place {
    /// Leave the files where they are (this is what happens to a new folder if nothing is said).
    #[arg(long)]
    in_place: bool,
    /// Copy the files into the data folder.
    #[arg(long)]
    copy: bool,
}

fn main() -> ExitCode {
    boot::built_from(option_env!("BUILD_COMMIT"));
    let arguments = Arguments::parse();
    if arguments.check_config {
        return boot::check_config();
    }
    let Some(command) = arguments.command else { return ExitCode::FAILURE };
    match command {
        Command::Run => commands::run(commands::serve),
        Command::Import { folder, owner, library, place } => {
            let import = Import { folder, owner, library, in_place: place.in_place, copy: place.copy };
            commands::answer(|settings| commands::import(settings, import))
        }
        Command::Library(LibraryCommand::Add { folder, owner, name, copy }) => {
            let new = NewLibrary { folder, owner, name, copy };
            commands::answer(|settings| commands::add_library(settings, new))
        }
        Command::Scan { folder } => commands::answer(|settings| commands::scan(settings, folder)),
        Command::ExportSidecars { folder, all, owner } => {
            let export = ExportSidecars { folder, all, owner };
            commands::answer(|settings| commands::export_sidecars(settings, export))
        }
        Command::Reindex => commands::answer(commands::reindex),
        Command::Rebuild => commands::answer(commands::rebuild),
    }
}
