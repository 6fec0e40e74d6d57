"""The Python half of a pipeline."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flink_deployer.engines._java import Table
from flink_deployer.errors import ValidationError

if TYPE_CHECKING:
    from flink_deployer.pipelines import Pipeline

Transform = Callable[[Mapping[str, Table]], Mapping[str, Table]]
"""Takes the source tables by name, gives a table for each sink by name."""

MODULE = "transform.py"


def load_transform(pipeline: Pipeline) -> Transform:
    """Imports the pipeline's `transform`, anew each time. Modules beside it are imported as `from .name import …`.

    Raises:
        ValidationError: there is no such file or function.
    """
    path = pipeline.directory / MODULE
    name = f"_pipeline_{pipeline.name}"
    for loaded in [module for module in sys.modules if module == name or module.startswith(f"{name}.")]:
        del sys.modules[loaded]
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(pipeline.directory)])
    if spec is None or spec.loader is None or not path.is_file():
        raise ValidationError(f"{pipeline.name}/{MODULE} is not in this function", hint="add it")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    transform: Transform | None = getattr(module, "transform", None)
    if not callable(transform):
        raise ValidationError(f"{pipeline.name}/{MODULE} has no function transform", hint="define transform(tables)")
    return transform
