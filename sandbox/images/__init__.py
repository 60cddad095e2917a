"""The images that boxes start from: their names, and how they are built.

A folder below this one, once there is one, is an image that is no language.
"""

from sandbox.images.build import build, build_all, is_built
from sandbox.images.inputs import image_name, languages

__all__ = ["build", "build_all", "image_name", "is_built", "languages"]
