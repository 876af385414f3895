"""Places and maps of a scenario: read strictly, each map with its viewpoint, a user's own borders beside them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Refused
from foedus.exercise.places import given_map
from foedus.exercise.reading import read_scenario, scenarios
from foedus.library import Library
from tests.exercise.scenes import scene, written
from tests.exercise.test_scenario import HEAD

WORLD = '{"type": "LineString", "coordinates": [[50, 40], [60, 45]]}'


@pytest.mark.parametrize("name", scenarios())
def test_every_map_that_ships_says_whose_it_is(name: str) -> None:
    found = scene(name)
    assert found.places and found.maps
    assert all(view.viewpoint.endswith(".") for view in found.maps)
    assert len({place.where for place in found.places}) == len(found.places)


def test_the_places_of_the_six_valleys_are_those_that_its_deeds_name() -> None:
    found = scene()
    named = {place.where for place in found.places}
    for seat in found.seats:
        assert not seat.place or seat.place in named
    assert {"dam", "sluices", "harvest"} <= named
    assert found.maps[1].after == timedelta(hours=30)  # the newspaper prints it then


def test_every_place_of_a_real_case_has_a_source_of_its_dossier() -> None:
    found = scene("kazakhstan-2022")
    dossier = Library().dossier("kazakhstan-2022").dossier
    assert dossier is not None
    for place in found.places:
        assert place.source and set(place.source) <= set(dossier.record.sources)
        assert (round(place.x, 1), round(place.y, 1)) == (place.x, place.y)
    assert {place.id for place in found.places if place.unconfirmed} == {"druzhba", "baikonur"}
    assert found.maps[0].shapes == ()


def test_one_map_or_several(tmp_path: Path) -> None:
    one = HEAD + '[map]\nviewpoint = "Nobody\'s."\n[[place]]\nid = "a"\ntitle = "A"\nx = 1\ny = 2.5\n'
    found, _ = read_scenario(str(written(tmp_path / "own", one)))
    (view,), (place,) = found.maps, found.places
    assert (view.projection, place.where, place.kind, place.x, place.y) == ("plain", "a", "town", 1.0, 2.5)
    degrees = one.replace("x = 1", "longitude = 1").replace("y = ", "latitude = ")
    found, _ = read_scenario(str(written(tmp_path / "other", degrees)))
    assert found.maps[0].projection == "equirectangular"


def test_borders_from_elsewhere(tmp_path: Path) -> None:
    folder = written(tmp_path / "own", HEAD + '[map]\nviewpoint = "Ours."\nborders = "out.json"\n')
    (tmp_path / "world.json").write_text(WORLD, encoding="utf-8")
    (folder / "out.json").symlink_to(tmp_path / "world.json")
    with pytest.raises(Refused) as refused:
        read_scenario(str(folder))
    assert refused.value.problems[0].code == "F017"


def test_borders_that_a_user_gives(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    path.write_text(WORLD, encoding="utf-8")
    real, sketch = scene("kazakhstan-2022"), scene()
    view = given_map(path, " As ours draw them. ", real.places, real.maps)
    assert (view.viewpoint, len(view.shapes)) == ("As ours draw them.", 1)
    for viewpoint, found, code in ((" ", real, "F761"), ("Ours.", sketch, "F762")):
        with pytest.raises(Refused) as refused:
            given_map(path, viewpoint, found.places, found.maps)
        (problem,) = refused.value.problems
        assert problem.code == code and "world.json" in title_of(problem)
