"""The images that boxes start from: their names, and how they are built.

A folder below this one is an image that is no language.
"""

from sandbox.images.build import build, build_all, is_built
from sandbox.images.inputs import first_images, image_name, images

__all__ = ["build", "build_all", "first_images", "image_name", "images", "is_built"]
