"""Makes the certificate's two subset fonts out of the npm packages source-sans 3.52.0 and source-serif 4.5.1.

    npm pack source-sans@3.52.0 source-serif@4.5.1   (in a temporary folder; unpack both)
    python3 make-fonts.py SourceSans3-Regular.ttf SourceSerif4-Semibold.ttf <folder>      (fonttools 4.38)
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont


def span(first, last):
    return range(first, last + 1)


KERNED = [*span(0x20, 0x7E), *span(0xA0, 0xAC), *span(0xAE, 0x17F), *span(0x2010, 0x2015), *span(0x2018, 0x201E), 0x2026]
LATIN = [
    *KERNED,
    *span(0x180, 0x24F),  # Latin Extended-B: Romanian, Sami, Hausa, Vietnamese horns
    *span(0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Yoruba
    0x251, 0x253, 0x254, 0x256, 0x257, 0x259, 0x25B, 0x263, 0x268, 0x269, 0x272, 0x289, 0x28B, 0x292,  # African Latin
    0x2BB, 0x2BC, *span(0x2C6, 0x2C8), *span(0x2D8, 0x2DD),
    *span(0x300, 0x304), *span(0x306, 0x30C), 0x31B, *span(0x323, 0x328), 0x32E, 0x331,  # combining marks
    *span(0x2020, 0x2022), 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122, 0x2192, 0x2212,
]
GREEK_AND_CYRILLIC = [*span(0x370, 0x3FF), *span(0x400, 0x45F), *span(0x490, 0x52F)]


def cut(path, unicodes, features, glyph_names):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.glyph_names = glyph_names
    options.drop_tables += ["DSIG", "GDEF", "BASE", "STAT", "GSUB", "meta", "gasp"]
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    return font, options


# The OFL keeps the name Source for unmodified fonts, so the subsets have a name of their own.
for path, family, style, file, letters in [
    (sys.argv[1], "Intyg Sans", "Regular", "intyg-sans-regular.ttf", LATIN + GREEK_AND_CYRILLIC),
    (sys.argv[2], "Intyg Serif", "Semibold", "intyg-serif-semibold.ttf", LATIN),
]:
    font, options = cut(path, letters, [], False)
    # Kerning for Latin only: for every script it would weigh a third of the font.
    font["GPOS"] = cut(path, KERNED, ["kern"], True)[0]["GPOS"]
    postscript = f"{family}-{style}".replace(" ", "")
    names = {1: family, 3: postscript, 4: f"{family} {style}", 6: postscript}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    subset.save_font(font, f"{sys.argv[3]}/{file}", options)
    print(file, len(font.getGlyphOrder()), "glyphs", len(font.getBestCmap()), "letters")
