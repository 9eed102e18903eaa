//! Colour profiles: kept where they matter.

/// Larger profiles are tables for printers, not descriptions of a screen.
const LARGEST: usize = 60 << 10;
/// With a thumbnail, a profile must not weigh more than the thumbnail.
pub(super) const LARGEST_SMALL: usize = 4 << 10;

/// A profile says how the picture's red, green and blue are meant. What is meant as everyone assumes anyway
/// (sRGB), or is about other colours than these three, is left out.
pub(super) fn worth_keeping(profile: &[u8]) -> bool {
    let is_rgb = profile.get(16..20) == Some(b"RGB ") && profile.get(36..40) == Some(b"acsp");
    is_rgb && profile.len() <= LARGEST && !is_srgb(profile)
}

/// By its name: in one byte a letter (older profiles), or in two.
fn is_srgb(profile: &[u8]) -> bool {
    let contains = |name: &[u8]| profile.windows(name.len()).any(|window| window == name);
    contains(b"sRGB") || contains(b"s\0R\0G\0B")
}

/// JPEG's segment of a profile, in one piece.
pub(super) fn jpeg_segment(profile: &[u8]) -> Option<Vec<u8>> {
    let name = b"ICC_PROFILE\0\x01\x01";
    let length = u16::try_from(2 + name.len() + profile.len()).ok()?;
    Some([&[0xFF, 0xE2], &length.to_be_bytes()[..], name, profile].concat())
}

/// Puts a profile into a simple WebP file, which must become an extended one for it.
pub(super) fn webp_with_profile(simple: &[u8], width: u32, height: u32, profile: &[u8]) -> Option<Vec<u8>> {
    /// "There is a profile."
    const FLAG: u32 = 0x20;
    let frame = simple.get(12..)?;
    let side = |side: u32| Some(side.checked_sub(1)?.to_le_bytes());
    let (width, height) = (side(width)?, side(height)?);
    let padding = &[0][..profile.len() & 1];
    let body = [
        b"WEBPVP8X\x0A\0\0\0",
        &FLAG.to_le_bytes()[..],
        &width[..3],
        &height[..3],
        b"ICCP",
        &u32::try_from(profile.len()).ok()?.to_le_bytes(),
        profile,
        padding,
        frame,
    ]
    .concat();
    Some([b"RIFF", &u32::try_from(body.len()).ok()?.to_le_bytes()[..], &body].concat())
}
