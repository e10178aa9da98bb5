"""Badges on paper: A4 sheets with ten cards of the size of an identity card, each with its QR. Pure; Typst draws them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """What one badge shows; `address` is what its QR holds."""

    name: str
    team: str
    commune: str
    number: str
    last_day: str
    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a badge, in the language it is printed in."""

    campaign: str
    title: str
    valid: str
    number: str
    check: str
    never: str


# 85.6 by 54 mm is ISO/IEC 7810 ID-1, what card holders are made for; two columns of five fill an A4 sheet.
_SHEET = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 16mm, y: 11mm))
#set text(size: 8.6pt, lang: data.lang)
#let blue = rgb("#0b5cab")
#let card(one) = block(width: 85.6mm, height: 54mm, stroke: 0.4pt + gray, radius: 3mm, clip: true, {
  block(width: 100%, height: 9mm, fill: blue, inset: (x: 3mm), below: 0pt,
    align(horizon, text(fill: white, weight: "bold", size: 9pt, data.words.campaign) + h(1fr) + text(fill: white, size: 7.5pt, data.words.title)))
  block(width: 100%, height: 1mm, fill: rgb("#ffcd00"), above: 0pt, below: 0pt)
  block(inset: (x: 3mm, top: 2.2mm), above: 0pt, grid(columns: (1fr, 29mm), column-gutter: 2.5mm,
    {
      set par(leading: 0.45em, spacing: 0.75em)
      text(size: 14pt, weight: "bold", one.name)
      parbreak()
      one.team
      linebreak()
      one.commune
      parbreak()
      data.words.valid + " "
      text(weight: "bold", one.last_day)
      linebreak()
      data.words.number + " " + one.number
      parbreak()
      text(size: 7.6pt, fill: rgb("#b80d28"), weight: "bold", data.words.never)
    },
    {
      image(bytes(one.qr), format: "svg", width: 29mm)
      v(-2mm)
      align(center, text(size: 5.6pt, data.words.check))
    }))
})
#grid(columns: 2, column-gutter: 6mm, row-gutter: 1.2mm, ..data.cards.map(card))
"""


def sheet(cards: Sequence[Card], words: Words, language: str) -> bytes:
    """Return the badges as a PDF to print on A4 and cut. About 0.1 s for a team; Typst is loaded only here."""
    import io

    import segno
    import typst

    drawn = []
    for card in cards:
        picture = io.BytesIO()
        segno.make(card.address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
        drawn.append(asdict(card) | {"qr": picture.getvalue().decode()})
    data = {"cards": drawn, "words": asdict(words), "lang": language}
    made: bytes = typst.compile(_SHEET.encode(), sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    return made
