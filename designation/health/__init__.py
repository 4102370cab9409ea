"""Whether the site answers: asked by whatever starts or watches it."""
