"""The API's shapes, as the description names them."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from ninja import Schema

import aoxanh.api


def test_no_two_shapes_share_a_name_since_the_description_would_show_only_one_of_them():
    modules = [import_module(f"aoxanh.api.{found.name}") for found in iter_modules(aoxanh.api.__path__)]
    shapes = {
        shape
        for module in modules
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, Schema) and shape.__module__ == module.__name__
    }
    assert len(shapes) > 20
    assert [name for name, times in Counter(shape.__name__ for shape in shapes).items() if times > 1] == []
