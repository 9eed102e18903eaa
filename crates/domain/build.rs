//! Packs the GeoNames cities into tables that are compiled into the program, so that a look-up needs no
//! loading and no memory of its own. See `src/place/layout.rs` for the layout, `data/README.md` for sources.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cities_json::{CITIES, City};

#[path = "src/filter/fold.rs"]
mod fold;
#[path = "src/place/layout.rs"]
mod layout;
#[path = "build/other_names.rs"]
mod other_names;

use layout::{BANDS, NAMED, RECORD, REGION, UNIT, band};
use other_names::OtherNames;

fn main() -> Result<(), Box<dyn Error>> {
    let sources = ["build.rs", "build", "src/place/layout.rs", "src/filter/fold.rs", "data"];
    for read in sources {
        println!("cargo::rerun-if-changed={read}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let (mut names, mut others) = (Names::new(), OtherNames::default());
    write_cities(&out, &mut names, &mut others)?;
    write_countries(&out, &mut names, &mut others)?;
    fs::write(out.join("names.bin"), names.bytes)?;
    fs::write(out.join("other_names.bin"), others.bytes())?;
    Ok(())
}

/// Text stored once, found by its offset.
struct Names {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Names {
    fn new() -> Self {
        Self { bytes: vec![0], known: HashMap::from([(String::new(), 0)]) }
    }

    fn put(&mut self, name: &str) -> Result<u32, Box<dyn Error>> {
        if let Some(&offset) = self.known.get(name) {
            return Ok(offset);
        }
        let offset = u32::try_from(self.bytes.len())?;
        self.bytes.push(u8::try_from(name.len())?);
        self.bytes.extend_from_slice(name.as_bytes());
        self.known.insert(name.to_owned(), offset);
        Ok(offset)
    }
}

/// Regions in order of first use.
struct Regions {
    bytes: Vec<u8>,
    known: HashMap<(String, String), u16>,
    titles: HashMap<String, String>,
}

impl Regions {
    fn new() -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string("data/regions.tsv")?;
        let titles = text.lines().filter_map(|line| line.split_once('\t'));
        let titles = titles.map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
        Ok(Self { bytes: Vec::new(), known: HashMap::new(), titles })
    }

    fn put(&mut self, city: &City, names: &mut Names) -> Result<u16, Box<dyn Error>> {
        let key = (city.country.clone(), city.admin1.clone());
        if let Some(&number) = self.known.get(&key) {
            return Ok(number);
        }
        let number = u16::try_from(self.bytes.len() / REGION)?;
        let code: [u8; 2] = city.country.as_bytes().try_into()?;
        let title = self.titles.get(&format!("{}.{}", city.country, city.admin1));
        self.bytes.extend_from_slice(&code);
        self.bytes.extend_from_slice(&names.put(title.map_or("", String::as_str))?.to_le_bytes());
        self.known.insert(key, number);
        Ok(number)
    }
}

fn units(degrees: f64) -> i32 {
    (degrees / UNIT).round() as i32
}

fn write_cities(out: &Path, names: &mut Names, others: &mut OtherNames) -> Result<(), Box<dyn Error>> {
    let mut cities: Vec<(i32, i32, &City)> =
        CITIES.iter().map(|city| (units(city.lat), units(city.lng), city)).collect();
    // The name and the rest decide between places at one point, so that each build gives the same bytes.
    cities.sort_by_key(|&(latitude, longitude, city)| {
        (band(latitude), longitude, latitude, &city.name, &city.country, &city.admin1)
    });
    let mut regions = Regions::new()?;
    let mut records = Vec::with_capacity(cities.len() * RECORD);
    let mut counts = [0_u32; BANDS];
    for &(latitude, longitude, city) in &cities {
        records.extend_from_slice(&latitude.to_le_bytes());
        records.extend_from_slice(&longitude.to_le_bytes());
        records.extend_from_slice(&names.put(city.name.trim())?.to_le_bytes());
        records.extend_from_slice(&regions.put(city, names)?.to_le_bytes());
        counts[band(latitude)] += 1;
    }
    let mut bands = 0_u32.to_le_bytes().to_vec();
    let mut end = 0;
    for count in counts {
        end += count;
        bands.extend_from_slice(&end.to_le_bytes());
    }
    fs::write(out.join("cities.bin"), records)?;
    fs::write(out.join("bands.bin"), bands)?;
    fs::write(out.join("regions.bin"), &regions.bytes)?;
    let people = people()?;
    others.add_regions(&regions, names)?;
    others.add_cities(&cities, &people, names)?;
    write_names(out, &cities, &people)
}

/// How many people live at a point, of all points of which it is known.
type People = HashMap<(i32, i32), u32>;

fn people() -> Result<People, Box<dyn Error>> {
    let text = fs::read_to_string("data/sizes.tsv")?;
    let mut people = People::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [latitude, longitude, count] = fields[..] else {
            return Err(format!("data/sizes.tsv: {line:?} has not three fields").into());
        };
        people.insert((latitude.parse()?, longitude.parse()?), count.parse()?);
    }
    Ok(people)
}

/// The cities by their folded names: what begins alike lies together.
fn write_names(out: &Path, cities: &[(i32, i32, &City)], people: &People) -> Result<(), Box<dyn Error>> {
    let mut named = Vec::with_capacity(cities.len());
    for (number, &(latitude, longitude, city)) in (0_u32..).zip(cities) {
        let count = people.get(&(latitude, longitude)).copied().unwrap_or(0);
        named.push((fold::fold(city.name.trim()), number, count));
    }
    named.sort_unstable();
    let mut bytes = Vec::with_capacity(named.len() * NAMED);
    for (_, number, count) in named {
        bytes.extend_from_slice(&number.to_le_bytes());
        bytes.extend_from_slice(&count.to_le_bytes());
    }
    fs::write(out.join("by_name.bin"), bytes)?;
    Ok(())
}

fn write_countries(out: &Path, names: &mut Names, others: &mut OtherNames) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string("data/countries.tsv")?;
    let rows: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    if !rows.is_sorted() {
        return Err("data/countries.tsv is not sorted by code".into());
    }
    others.add_countries(&rows, names)?;
    fs::write(out.join("countries.rs"), format!("&{rows:?}"))?;
    Ok(())
}
