"""What is known of each asset. Each fact is the list of its possible values; see logic.py."""

import dates
from camera import shot
from places import place
from said import words

FORMATS = {
    "JPEG": "jpeg", "PNG": "png", "TIFF": "tiff", "GIF": "gif", "BMP": "bmp", "WEBP": "webp", "Extended WEBP": "webp",
    "HEIC": "heic", "HEIF": "heic", "AVIF": "avif", "JXL": "jxl", "JXL Codestream": "jxl", "DNG": "raw", "CR3": "raw",
    "MP4": "mp4", "MOV": "mp4", "3GP": "mp4", "MKV": "matroska", "WEBM": "matroska", "AVI": "avi", "MPEG": "mpeg",
}
# Where it is known that the oracles' answer may not hold, by the end of the path: these facts may also be missing. The
# reasons are those of the test that compares the library value by value.
DOUBTED = {
    "olympus-d320l.jpg": ["taken", "aperture", "exposure"],  # older than EXIF: a text in APP12
    "sony-powershota5.jpg": ["taken", "camera", "make", "model", "focal"],  # older than EXIF: CIFF
    "Canon DIGITAL IXUS 40/2007/11-tests.jpg": ["iso"],  # worked out of Canon's number for "automatic"
    "broken_orientation_exif2.jpg": ["size"],  # the thumbnail's orientation
    "IMG_0307.HEIC": ["size"],  # the rotation of another item
    "exif_subsec_timezone.heic": ["size"],  # the same
    "outdoor.heic": ["size"],  # a clean aperture
    "IMG_7943.HEIC": ["size"],  # the same
    "sunset_logo.jxl": ["size"],  # turned by its codestream
    "Sidecars/20240128_120909.mp4": ["size"],  # its pixels are not square
    # No program shows a picture of these; what their containers claim is not compared.
    "undated/exif-no-tz.jpg": ["size"],
    "motion_photo_pixel_synth.jpg": ["size"],
    "exif-both.png": ["size"],
    "quicktime-jpeg.mov": ["size", "duration", "codec", "audio"],
    "sony-a7-xavc.MP4": ["size", "duration", "codec", "audio"],
}
# And what nobody knows.
UNKNOWN = {
    "Formats/test.dng": ["size"],  # the raw's own crop
    "canon-r6.cr3": ["size", "zone"],  # cut short; an offset that is not that of its place
    "thompson-springs.jpg": ["zone"],  # the same
    "2022-07/exif.avif": ["zone"],  # in Xinjiang two clocks are in use
    "motion_photo_pixel_synth.jpg": ["live"],  # is a film without its picture one?
}


def assets(oracles):
    return [asset(oracles, paths) for paths in oracles.contents()]


def asset(oracles, paths):
    beside = oracles.sidecars(paths)
    said, grouped = oracles.expected[paths[0]], oracles.grouped[paths[0]]
    asides = [oracles.grouped[path] for path in beside]
    wall, guessed = dates.taken(said, [grouped, *asides])
    film = said["MIMEType"].startswith("video/")
    facts = {
        "paths": paths,
        "path": paths,
        "name": [path.rsplit("/", 1)[-1] for path in paths],
        "bytes": [int(oracles.manifest[paths[0]]["bytes"])],
        "sha1": [oracles.sha1(paths[0])],
        "copies": [len(paths)],
        "sidecar": [bool(beside)],
        "film": [film],
        "format": [FORMATS[said["FileType"]]],
        "taken": wall,
        "guessed": guessed,
        "size": [size(said)],
        **looks(said, film),
        **shot(said, grouped),
        **words(grouped, asides),
        "live": [paths[0] in oracles.live],
        "stack": [2 if {*paths} & {*oracles.live, *oracles.live.values()} else 1],
        # The film of a Live Photo lies beneath its picture.
        "stacked": [bool({*paths} & {*oracles.live.values()})],
        "panorama": ["XMP-GPano:ProjectionType" in grouped],
    }
    facts["faces"] = [count or 0 for count in facts["faces"]]
    facts |= place(oracles, [*paths, *beside])
    for name in named(DOUBTED, paths):
        facts[name] = doubted(name, facts[name])
        # Nothing is stated of the date, then.
        facts["guessed"] = [True, False] if name == "taken" else facts["guessed"]
    return facts | dict.fromkeys(named(UNKNOWN, paths), [])


def named(table, paths):
    return {name for ending, names in table.items() for name in names if any(path.endswith(ending) for path in paths)}


def doubted(name, values):
    if name == "taken":
        return [*values, *dates.OF_FILE]
    return [*values, values[0][::-1], (None, None)] if name == "size" else [*values, None]


def size(said):
    """Upright: HEIF and films turn their pictures themselves, of others EXIF says how they are to be turned."""
    sides = said.get("ImageWidth"), said.get("ImageHeight")
    if said["FileType"] in ("HEIC", "HEIF", "AVIF", "MP4", "MOV", "3GP"):
        turned = said.get("Rotation") in (90, 270)
    else:
        turned = said.get("Orientation") in (5, 6, 7, 8)
    return sides[::-1] if turned else sides


def looks(said, film):
    """A film's or an animation's length, and whether a picture moves: Pillow counts its frames, but can't open all."""
    decode = said["decode"]
    if film:
        length = decode["duration"]
        return {"duration": [length * 0.98, length * 1.02], "codec": [decode["vcodec"]], "audio": [decode["acodec"]],
                "animated": [False]}
    several = decode.get("frames", 1) > 1 and said["FileType"] in ("GIF", "WEBP", "Extended WEBP", "PNG")
    # Of JPEG XL it counts one, whatever there are.
    counted = decode.get("ok") and not said["FileType"].startswith("JXL")
    still = counted or said["FileType"] in ("JPEG", "TIFF", "BMP", "DNG", "CR3")
    moves = [said["Duration"]] if said.get("Duration") else []
    return {"duration": moves if several else [None] if still else [], "codec": [None], "audio": [None],
            "animated": [several] if still else []}
