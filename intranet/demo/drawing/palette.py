# ruff: noqa: E501
"""Colours and places of the drawn faces."""

# skin, shade, lips
LIGHT = [
    ("#f6dcc8", "#e3b598", "#8e4a3c"),
    ("#f3cfb3", "#dca983", "#8e4a3c"),
    ("#f1d3bf", "#dba98c", "#99504a"),
]
MEDIUM = [("#e9b995", "#cd9169", "#7c3d30"), ("#dfa981", "#bf8157", "#6f3529")]
BROWN = [("#c98d62", "#a86c43", "#3c1f18"), ("#b97c53", "#965c38", "#3c1f18")]
DARK = [
    ("#8a5a3c", "#6c432b", "#3c1f18"),
    ("#5f3d2b", "#482c1e", "#2c1611"),
    ("#734a33", "#573522", "#331a14"),
]
SKIN = {
    "german": LIGHT * 6 + MEDIUM + BROWN[:1] + DARK[:1],
    "czech": LIGHT * 4 + MEDIUM[:1],
    "polish": LIGHT,
    "eastern": LIGHT,
    "turkish": LIGHT[1:2] + MEDIUM * 2 + BROWN[:1],
    "levant": MEDIUM + BROWN,
    "vietnamese": [LIGHT[0], ("#efcda6", "#d5a678", "#8a473a"), MEDIUM[0]],
    "american": LIGHT * 2 + MEDIUM + BROWN + DARK * 2,
}
BLACK, DARKBROWN, BROWNHAIR, CHESTNUT = "#241f1f", "#3a2a24", "#4d3426", "#6b4226"
FAIR = ["#a9794a", "#d9b36c", "#c8995a", "#9a4a2a", "#b5652f", "#7d5a3a", "#e0c48c"]
GREY = ["#8d9192", "#a9abab", "#c9cbca", "#6f7375"]
CLOTH = [
    "#23463d",
    "#31456b",
    "#6d2f3c",
    "#2f5d73",
    "#5a5344",
    "#b2512d",
    "#444b52",
    "#9c3f2b",
    "#0f6b52",
    "#4b4766",
    "#8a3b52",
    "#33566f",
    "#41604c",
    "#1f2d3a",
    "#7a6a3a",
    "#a5762b",
    "#3f6b74",
    "#6b4a7a",
    "#2b5a4e",
    "#94612f",
    "#56707d",
    "#7b3f33",
]
BACK = [
    ("#f0dcb4", "#e6cb93"),
    ("#c3d3d8", "#a9bfc6"),
    ("#e6dccb", "#d8c9af"),
    ("#cfdcd3", "#b9cbbf"),
    ("#d6dbe8", "#c1c9dd"),
    ("#d9d3c6", "#c8bfac"),
    ("#f2d5bd", "#e7bf9d"),
    ("#dfe6ef", "#cad5e4"),
    ("#e0d6e4", "#d0c2d7"),
    ("#d8dcc9", "#c6ccb0"),
    ("#cfd9e3", "#b8c7d6"),
    ("#d7e3d0", "#c3d4b9"),
    ("#e9d3cb", "#dbbeb3"),
    ("#ead9d5", "#dfc5be"),
    ("#cfe0de", "#b7d0cc"),
]
SCARVES = ["#37566b", "#7a3f4d", "#4f6b52", "#8a6a4a", "#5b4a6e", "#2f5f5c", "#b08a5a"]
HALL = ("Halle", "Instandhaltung", "Logistik", "Formerei", "Kernmacherei", "Gussputzerei", "Field Service")
WAVES = [
    "M0 96V62C18 44 40 80 96 30V96Z",
    "M96 96V62C78 44 56 80 0 30V96Z",
    "M0 96V40C30 62 56 20 96 52V96Z",
    "M0 96V54C24 34 60 58 96 44V96Z",
]
HATS = ("helmet", "beanie", "cap")
SIDES = '<path d="M31.600 46C30.500 41 30.500 37 31 32.500H34C33.800 37 33.800 40 33.400 42ZM64.400 46C65.500 41 65.500 37 65 32.500H62C62.200 37 62.200 40 62.600 42Z"/>'
