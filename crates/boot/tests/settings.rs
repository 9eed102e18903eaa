//! Settings as people write them: sources, slips and secrets.

#![expect(clippy::unwrap_used, reason = "these are tests throughout")]

use std::fs;
use std::path::Path;

use boot::Settings;
use boot::settings::{LogFormat, Metrics, Problems, Report, TABLE, docs};

const NEEDED: [(&str, &str); 2] =
    [("TESSERA_DATABASE_URL", "postgres:///t"), ("TESSERA_REDIS_URL", "redis://localhost")];

fn load(vars: &[(&str, &str)]) -> Result<Settings, Problems> {
    Settings::from_vars(NEEDED.iter().chain(vars).copied())
}

/// The only problem of these variables, on one line.
fn problem(vars: &[(&str, &str)]) -> String {
    let problems = load(vars).unwrap_err().0;
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

/// A folder with a settings file.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tessera.toml"), text).unwrap();
    folder
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_default_yields_to_the_file_and_the_file_to_the_environment() {
    let folder =
        folder("session_days = 30\nupload_expires_days = 3\ntrusted_proxies = ['10.0.0.1', 'fd00::/8']\n");
    let settings =
        load(&[("TESSERA_DATA", name(folder.path())), ("TESSERA_UPLOAD_EXPIRES_DAYS", "2"), ("HOME", "/x")])
            .unwrap();
    assert_eq!((settings.session_days, settings.upload_expires_days), (30, 2));
    assert_eq!(settings.listen.to_string(), "127.0.0.1:2283");
    assert_eq!(settings.data, folder.path());
    let believed = |address: &str| settings.trusted_proxies.contain(address.parse().unwrap());
    assert!(believed("10.0.0.1") && believed("::ffff:10.0.0.1") && believed("fd12::1"));
    assert!(!believed("10.0.0.2") && !believed("::1"));
}

#[test]
fn every_type_is_read_as_written() {
    let settings = load(&[
        ("TESSERA_LOG", "warn, store=debug,[import{folder.id}]=trace"),
        ("TESSERA_LOG_FORMAT", "json"),
        ("TESSERA_METRICS", "127.0.0.1:9464"),
        ("TESSERA_ALLOW_UNSANDBOXED", "yes"),
        ("TESSERA_DEFAULT_TIME_ZONE", "America/Argentina/Ushuaia"),
        ("TESSERA_PUBLIC_URL", "https://Photos.example.org/"),
        ("TESSERA_WORKERS_CPU", "3"),
        ("TESSERA_WEB_ROOT", "web"),
        ("TESSERA_LISTEN", ""),
    ])
    .unwrap();
    assert_eq!(settings.log.as_str(), "warn,store=debug,[import{folder.id}]=trace");
    assert_eq!(settings.log_format, LogFormat::Json);
    assert_eq!(settings.metrics, Metrics::Listen("127.0.0.1:9464".parse().unwrap()));
    assert!(settings.allow_unsandboxed);
    assert_eq!(settings.default_time_zone.name(), "America/Argentina/Ushuaia");
    assert_eq!(settings.public_url.unwrap().as_str(), "https://photos.example.org");
    assert_eq!(settings.workers_cpu, 3);
    assert_eq!(settings.web_root, std::env::current_dir().unwrap().join("web"));
}

#[test]
fn a_map_has_one_ground() {
    let style = ("TESSERA_MAP_STYLE_URL", "https://tiles.example.org:8443/style.json?key=k");
    let hosts = ("TESSERA_MAP_STYLE_HOSTS", "https://a.example.org/, http://b.example.org:81");
    let settings = load(&[style, hosts]).unwrap();
    let url = settings.map_style_url.unwrap();
    assert_eq!((url.as_str(), url.origin().as_str()), (style.1, "https://tiles.example.org:8443"));
    let hosts: Vec<&str> = settings.map_style_hosts.iter().map(boot::settings::Origin::as_str).collect();
    assert_eq!(hosts, ["https://a.example.org", "http://b.example.org:81"]);
    let both = problem(&[("TESSERA_MAP_PMTILES", "/srv/world.pmtiles"), style]);
    assert_eq!(
        both,
        "TESSERA_MAP_STYLE_URL: can't hold beside 'map_pmtiles': a map has one ground; leave one of them out"
    );
}

#[test]
fn a_data_folder_need_not_be_text() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let data = std::ffi::OsString::from_vec(b"/srv/f\xf6tos".to_vec());
    let vars = NEEDED.iter().map(|(n, v)| ((*n).into(), (*v).into())).chain([("TESSERA_DATA".into(), data)]);
    let settings = Settings::from_vars::<std::ffi::OsString, std::ffi::OsString>(vars).unwrap();
    assert_eq!(settings.data.as_os_str().as_bytes(), b"/srv/f\xf6tos");
}

#[test]
fn slips_are_answered_with_what_to_do() {
    for (variable, value, words) in [
        ("TESSERA_LISTN", "x", "is no setting; did you mean TESSERA_LISTEN?"),
        ("TESSERA_LISTEN_FILE", "x", "is no setting; did you mean TESSERA_LISTEN?"),
        ("TESSERA_COLOUR", "x", "is no setting; docs/SETTINGS.md lists them all"),
        ("TESSERA_listen", "x", "is no setting; did you mean TESSERA_LISTEN?"),
        ("TESSERA_LISTEN", "2283", "'2283' is not an IP address with a port; write it like 127.0.0.1:2283"),
        ("TESSERA_SESSION_DAYS", "0", "0 is out of bounds; it has to be 1 to 3650"),
        ("TESSERA_SESSION_DAYS", "-1", "'-1' is not a whole number"),
        ("TESSERA_DEFAULT_TIME_ZONE", "Europe/Lisboa", "did you mean Europe/Lisbon?"),
        ("TESSERA_LOG", "loud=very=much", "is not a log filter"),
        ("TESSERA_LOG", "loud", "'loud' is no level; write error, warn, info, debug, trace or off"),
        ("TESSERA_LOG", "info, store", "'store' is no level"),
        ("TESSERA_LOG_FORMAT", "xml", "'xml' is neither text nor json"),
        ("TESSERA_PUBLIC_URL", "https://example.org/photos", "nothing behind the host"),
        ("TESSERA_TRUSTED_PROXIES", "10.0.0.1, proxy", "'proxy' is neither an IP address nor a network"),
        ("TESSERA_REDIS_PREFIX", "a:b", "'a:b' may have up to 32 characters"),
        ("TESSERA_METRICS", "127.0.0.1:2283", "is the address of 'listen' as well"),
        ("TESSERA_MAP_STYLE_URL", "tiles.example.org/style.json", "must be the web address of a style"),
        ("TESSERA_MAP_STYLE_URL", "https://ann:secret@tiles.example.org/", "without a name and password"),
        ("TESSERA_MAP_STYLE_HOSTS", "https://a.example.org", "set 'map_style_url' or leave it out"),
        ("TESSERA_DATA", "~/photos", "'~' means nothing outside of a shell"),
        ("TESSERA_CONFIG", "/no/such.toml", "/no/such.toml: can't be read: No such file"),
    ] {
        let problem = problem(&[(variable, value)]);
        let place = if variable == "TESSERA_CONFIG" { value } else { variable };
        assert!(problem.starts_with(place) && problem.contains(words), "{variable}={value} → {problem}");
    }
}

#[test]
fn variables_of_scripts_and_tests_are_left_alone() {
    load(&[("TESSERA_TESTDATA", "x"), ("TESSERA_TESTMODELS", "x"), ("TESSERA_TEST_PORT", "1")]).unwrap();
}

#[test]
fn all_problems_are_told_at_once_with_file_and_line() {
    let folder = folder(
        "# mine\nsesion_days = 3\nlisten = ['a']\nchild_memory_mb = 1\nmax_megapixels = 1.5\ndata = '/y'\n[log]\nx = 1\n",
    );
    let data = folder.path();
    let problems =
        Settings::from_vars([("TESSERA_DATA", name(data)), ("TESSERA_METRICS", "loud")]).unwrap_err();
    let text = problems.to_string().replace(name(data), "DATA");
    let expected = [
        "the settings have 9 problems:",
        "DATA/tessera.toml, line 2: sesion_days: is no setting; did you mean session_days?",
        "DATA/tessera.toml, line 3: listen: takes one value, not a list",
        "DATA/tessera.toml, line 4: child_memory_mb: 1 is out of bounds; it has to be 256 to 1048576",
        "DATA/tessera.toml, line 5: max_megapixels: has to be a whole number",
        "DATA/tessera.toml, line 6: data: this file was found in the data folder",
        "DATA/tessera.toml, line 7: log: has no settings below it",
        "TESSERA_METRICS: 'loud' is neither on nor off nor an address",
        "TESSERA_DATABASE_URL: has to be set; write it like postgres://",
        "TESSERA_REDIS_URL: has to be set; write it like redis://",
    ];
    for line in expected {
        assert!(text.contains(line), "missing «{line}» in\n{text}");
    }
    assert_eq!(text.lines().count(), expected.len(), "{text}");
}

#[test]
fn a_file_that_is_not_toml_says_where() {
    let folder = folder("session_days = 30\nlisten = 127.0.0.1:1\n");
    let file = folder.path().join("tessera.toml");
    let problems = load(&[("TESSERA_CONFIG", name(&file))]).unwrap_err();
    assert!(problems.to_string().contains("tessera.toml, line 2: is not TOML: "), "{problems}");
}

#[test]
fn a_secret_may_lie_in_a_file_of_its_own_but_not_in_two_places() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("database");
    fs::write(&secret, "postgres://ann:s3cret@db/t\n").unwrap();
    let redis = ("TESSERA_REDIS_URL", "redis://localhost");
    let by_file = ("TESSERA_DATABASE_URL_FILE", name(&secret));

    let settings = Settings::from_vars([redis, by_file]).unwrap();
    assert_eq!(settings.database_url.expose(), "postgres://ann:s3cret@db/t");
    assert!(!format!("{settings:?}").contains("s3cret"));

    let twice = problem(&[by_file]);
    assert!(twice.contains("says the same as TESSERA_DATABASE_URL; leave one of them out"), "{twice}");
    let missing =
        Settings::from_vars([redis, ("TESSERA_DATABASE_URL_FILE", "/no/secret")]).unwrap_err().to_string();
    assert!(missing.contains("TESSERA_DATABASE_URL_FILE: the file /no/secret can't be read"), "{missing}");
}

#[test]
fn the_listing_shows_what_holds_and_where_from_but_no_secret() {
    let folder = folder("database_url = 'postgres://ann:s3cret@db/t'\nsession_days = 30\n");
    let vars = [
        ("TESSERA_DATA", name(folder.path())),
        ("TESSERA_REDIS_URL", "redis://:s3cret@r"),
        ("TESSERA_LISTN", "x"),
    ];
    let text = Report::from_vars(vars).to_string().replace(name(folder.path()), "DATA");
    let line = |beginning: &str| text.lines().find(|line| line.starts_with(beginning)).unwrap_or_default();
    let parts = |beginning: &str| line(beginning).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!text.contains("s3cret"), "{text}");
    assert_eq!(line("settings file"), "settings file: DATA/tessera.toml");
    assert_eq!(
        parts("database_url"),
        "database_url = postgres://ann:***@db/t # DATA/tessera.toml, line 1: database_url"
    );
    assert_eq!(parts("redis_url"), "redis_url = redis://:***@r # TESSERA_REDIS_URL");
    assert_eq!(parts("listen"), "listen = 127.0.0.1:2283 # default");
    assert_eq!(parts("public_url"), "public_url = (none) # default");
    assert!(text.contains("TESSERA_LISTN: is no setting"), "{text}");
}

#[test]
fn what_is_refused_keeps_its_line_in_the_listing_and_stays_a_secret() {
    let vars = [("TESSERA_REDIS_URL", "s3cret"), ("TESSERA_SESSION_DAYS", "0"), ("TESSERA_DATA", "/no/such")];
    let text = Report::from_vars(vars).to_string();
    let parts = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = text.lines().map(parts).collect();
    for line in [
        "session_days = 0 # TESSERA_SESSION_DAYS: refused, see below",
        "redis_url = *** # TESSERA_REDIS_URL: refused, see below",
        "database_url = (none) # has to be set, see below",
    ] {
        assert!(lines.iter().any(|shown| shown == line), "missing «{line}» in\n{text}");
    }
    let shown = lines.iter().filter(|line| line.contains(" = ")).count();
    assert!(shown == TABLE.len() && !text.contains("s3cret"), "{text}");
}

#[test]
fn the_documentation_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/SETTINGS.md");
    let written = fs::read_to_string(path).unwrap_or_default();
    let command = "cargo run --release -p boot --example settings_docs > docs/SETTINGS.md";
    assert!(written == docs(), "docs/SETTINGS.md is out of date; run: {command}");
}
