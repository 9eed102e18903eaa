//! Pictures of a hundred megapixels, and how much memory they take.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use image::{DynamicImage, Rgba, RgbaImage};
use png::{BitDepth, ColorType, Compression, Encoder};

use crate::common;
use crate::looks::{cells, furthest, open};

/// 100.8 megapixels.
const SIZE: (u32, u32) = (12_000, 8_400);

/// A picture of any size: red from left to right, green from above, and its left quarter not there.
fn colour((width, height): (u32, u32), x: u32, y: u32) -> [u8; 4] {
    let part = |at: u32, of: u32| u8::try_from(at * 256 / of).unwrap();
    let (red, green) = (part(x, width), part(y, height));
    [red, green, 255 - red, if x < width / 4 { 0 } else { 255 }]
}

/// With alpha and eight bits a sample, or with sixteen and without.
fn write(path: &Path, deep: bool) {
    let mut encoder = Encoder::new(BufWriter::new(File::create(path).unwrap()), SIZE.0, SIZE.1);
    encoder.set_color(if deep { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(if deep { BitDepth::Sixteen } else { BitDepth::Eight });
    encoder.set_compression(Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let mut row = Vec::new();
    for y in 0..SIZE.1 {
        row.clear();
        for x in 0..SIZE.0 {
            let pixel = colour(SIZE, x, y);
            if deep {
                row.extend(pixel[..3].iter().flat_map(|value| [*value; 2]));
            } else {
                row.extend(pixel);
            }
        }
        stream.write_all(&row).unwrap();
    }
    stream.finish().unwrap();
}

#[tokio::test]
async fn a_png_of_a_hundred_megapixels_takes_little_memory_and_looks_like_a_small_one() {
    let place = tempfile::tempdir().unwrap();
    let small = |deep: bool| {
        let opaque = |pixel: [u8; 4]| if deep { [pixel[0], pixel[1], pixel[2], 255] } else { pixel };
        let picture = RgbaImage::from_fn(800, 560, |x, y| Rgba(opaque(colour((800, 560), x, y))));
        cells(&DynamicImage::ImageRgba8(picture))
    };
    for (name, deep) in [("alpha.png", false), ("deep.png", true)] {
        let path = place.path().join(name);
        write(&path, deep);
        let decoder = common::decoder();
        let (rendered, preview, _) = common::render(&decoder, &File::open(&path).unwrap()).await.unwrap();
        assert_eq!((rendered.width, rendered.height), SIZE);
        let preview = open(&preview);
        assert_eq!((preview.width(), preview.height()), (2057, 1440));
        let off = furthest(&cells(&preview), &small(deep));
        assert!(off <= 4, "{name} is off by {off}");
        let peak = decoder.idle_children().iter().map(|child| common::peak(child.pid)).max().unwrap();
        println!("{name}: peak {} MiB", peak >> 20);
        assert!(peak < 400 << 20, "{name}: a child grew to {} MiB", peak >> 20);
    }
}
