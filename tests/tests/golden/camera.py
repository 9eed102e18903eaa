"""With what something was taken, and how."""

from values import distinct, first, line, measure, number


def shot(said, grouped):
    make, model = line(said.get("Make")), line(said.get("Model"))
    lens, old_lens = line(said.get("LensModel")), line(grouped.get("XMP-aux:Lens"))
    # Some files state them as powers of two alone, which not all read. (exiftool has worked them out.)
    power = {"aperture": "ApertureValue", "exposure": "ShutterSpeedValue"}
    plain = {"iso": "ISO", "aperture": "FNumber", "exposure": "ExposureTime", "focal": "FocalLength"}
    facts = {name: [number(said.get(tag))] for name, tag in plain.items()}
    facts["iso"] = [round(facts["iso"][0])] if facts["iso"][0] else [None]
    for name, tag in power.items():
        if facts[name] == [None]:
            facts[name] += [number(value) for group, value in grouped.items() if group.endswith(":" + tag)]
    bits = first(grouped, ["ExifIFD:Flash", "IFD0:Flash"])
    # XMP has the flash as a structure, which exiftool takes apart.
    fired = [str(value).lower() == "true" for value in first(grouped, ["XMP-exif:FlashFired"])]
    flash = [bool(int(number(bits[0]) or 0) & 1)] if bits else [None]
    # Makers keep it in notes of their own, too, which not all read.
    noted = [line(value) for name, value in grouped.items() if name.endswith(":SerialNumber")]
    groups = ["ExifIFD:SerialNumber", "XMP-exifEX:SerialNumber", "XMP-aux:SerialNumber"]
    serial = [line(value) for value in first(grouped, groups)]
    return {
        **facts,
        "flash": flash if bits else flash + fired,
        "make": [make],
        "model": [model],
        "camera": [" ".join(filter(None, (make, model))) or None],
        "lens": [lens] if lens or not old_lens else [None, old_lens],
        "serial": distinct(serial or [*noted, None]),
        "direction": [heading(grouped)],
    }


def heading(grouped):
    value = measure(grouped.get("GPS:GPSImgDirection", grouped.get("XMP-exif:GPSImgDirection")))
    return value % 360 if value is not None and 0 <= value <= 360 else None
