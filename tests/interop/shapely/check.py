"""shapely reads GeoJSON, lxml and Pillow the pictures of views, pandas their data: what these hold is what the project holds.

    check.py FOLDER
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import pandas
from lxml import etree
from PIL import Image
from shapely.geometry import shape

from common import check, document, found

PICTURES = Path(sys.argv[1]) / "pictures"
SVG = "{http://www.w3.org/2000/svg}"
EVENTS = [event for article in document()["articles"] for event in article["events"]]


def points():
    told = json.loads(found("geojson")[0].read_text(encoding="utf-8"))
    placed = {event["id"]: event["place"] for event in EVENTS if (event["place"] or {}).get("coordinates")}
    if {feature["id"] for feature in told["features"]} != set(placed):
        yield "other events than those with coordinates"
    for feature in told["features"]:
        point = shape(feature["geometry"])
        at = placed[feature["id"]]["coordinates"]
        if not point.is_valid or (point.x, point.y) != (at["longitude"], at["latitude"]):
            yield f"{feature['id']} lies at {point.wkt}"


def slides():
    told = json.loads(found("timelinejs")[0].read_text(encoding="utf-8"))
    dated = {event["id"]: event["date"]["start"] for event in EVENTS if event["date"]}
    days = {
        slide["unique_id"]: "{year:04}-{month:02}-{day:02}".format(**slide["start_date"]) for slide in told["events"]
    }
    if days != dated:
        yield f"{days} instead of {dated}"


check("geojson: every event with coordinates is a point where it was", points())
check("timelinejs: every event with a date is a slide on its day", slides())
NAMES = {entity["name"] for entity in document()["entities"]}
page = etree.parse(str(PICTURES / "dossier.html"), etree.HTMLParser()).getroot()
whose = page.findtext(".//h1")
lacking = [] if whose in NAMES else [f"{whose} is nobody"]
lacking += [] if page.findall(".//table[@class='sentences']/tr") else ["no sentences"]
lacking += [] if page.find(".//figure//{*}svg") is not None or page.find(".//figure/svg") is not None else ["no chart"]
check("dossier.html: a name of the project with its chart and sentences", lacking)

for view in ("dossier", "timeline", "map", "network", "numbers"):
    root = etree.parse(str(PICTURES / f"{view}.svg")).getroot()
    words = [element.text or "" for element in root.iter(f"{SVG}text")]
    titles = [element.text for element in root.iter(f"{SVG}title")]
    lacking = [] if root.tag == f"{SVG}svg" and len(titles) > 1 else ["no mark says what it is"]
    title = whose if view == "dossier" else view.capitalize()
    lacking += [] if any(word.startswith(f"{title}: ") for word in words) else ["no title"]
    lacking += [] if any("made with Rubricator" in word for word in words) else ["no line on where it comes from"]
    check(f"{view}.svg: title, marks and source are there", lacking)
    with Image.open(PICTURES / f"{view}.png") as image:
        colors = image.convert("RGB").getcolors(1 << 24)
        size = (round(float(root.get("width")) * 2), round(float(root.get("height")) * 2))
        check(f"{view}.png: drawn as large as the SVG", [] if image.size == size and len(colors) > 8 else [image.size, size])
    table = pandas.read_csv(PICTURES / f"{view}.csv", keep_default_na=False, dtype=str)
    check(f"{view}.csv: rows", [] if len(table) else ["none"])
